import type { Scheduled } from '#domain/clock.ts';
import { addTallies, purgeTallies, talliesSince, type WebhookTally } from '#store/webhook-tallies.ts';
import { holdConditions, type ConditionContext } from '../alerts/conditions.ts';
import type { UseCaseContext } from '../context.ts';

const windowMinutes = 10;
/** Fewer refusals than this may be one sender that tries again. */
const refusalsMin = 10;
/** A stranger can cause refusals at will, so an hour without them has to pass before the next alert. */
const calmMs = 3_600_000;
const keptMs = 3_600_000;

/**
 * Alerts for each provider whose webhooks were refused for their signature, more of them than were accepted. What
 * all processes counted is added up.
 */
export async function watchWebhooks(context: ConditionContext): Promise<void> {
  const { store, clock } = context;
  const nowMs = clock.now().getTime();
  const tallies = await talliesSince(store.database, new Date(nowMs - windowMinutes * 60_000));
  const found = tallies
    .filter(({ refused, accepted }) => refused >= refusalsMin && refused > accepted)
    .map((tally) => ({ subject: tally.provider, parameters: { ...tally, windowMinutes } }));
  await holdConditions(context, 'webhooks_refused', { found, calmMs });
  await purgeTallies(store.database, new Date(nowMs - keptMs));
}

/** Counts a process's webhooks, in memory at first. Neither call waits or throws. */
export interface WebhookCounter {
  accepted(provider: string): void;
  /** Counts one that was refused for its signature; any other `reason`, a code of an error, does not count. */
  refused(provider: string, reason: string): void;
}

/** A stranger can send thousands of webhooks a second: they cost one statement in this time. */
const addEveryMs = 5_000;

export function createWebhookCounter({
  store,
  clock,
  log,
}: Pick<UseCaseContext, 'store' | 'clock' | 'log'>): WebhookCounter {
  let tallies = new Map<string, WebhookTally>();
  let adding: Scheduled | undefined;

  function add(): void {
    const counted = [...tallies.values()];
    tallies = new Map();
    adding = undefined;
    addTallies(store.database, counted, clock.now()).catch((error: unknown) =>
      log('warn', 'counts of webhooks were not stored', { error }),
    );
  }

  /** The providers are those that webhooks are taken from, so they are few. */
  function tallyOf(provider: string): WebhookTally {
    const tally = tallies.get(provider) ?? { provider, accepted: 0, refused: 0 };
    tallies.set(provider, tally);
    adding ??= clock.schedule(addEveryMs, add);
    return tally;
  }

  return {
    accepted: (provider) => void (tallyOf(provider).accepted += 1),
    refused(provider, reason) {
      if (reason === 'webhook_signature_invalid') tallyOf(provider).refused += 1;
    },
  };
}
