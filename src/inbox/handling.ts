import type { Clock } from '#domain/clock.ts';
import { DropError, isDropError } from '#domain/errors.ts';
import { isFaultOfData, type Database } from '#store/database.ts';
import {
  webhookFailed,
  webhooksHandled,
  type ClaimedWebhook,
  type WebhookClaim,
} from '#store/inbox/inbox.ts';
import { createGroupCommit } from './group-commit.ts';
import type { WebhookSource } from './webhook-source.ts';

/** A webhook that was given up. */
export interface DeadWebhook {
  id: string;
  provider: string;
  eventType: string;
  /** The code of the last failure, or `lease_lost`. */
  error: string;
}

export interface HandlingOptions {
  database: Database;
  clock: Clock;
  sources: readonly WebhookSource[];
  onError: (message: string, details: Record<string, unknown>) => void;
  /** Told once of each webhook that is given up. */
  onDead: (webhook: DeadWebhook) => void;
  /** From 0 up to 1: spreads what failed together. */
  random: () => number;
}

const failuresMax = 12;
const retryDelayMsMax = 3_600_000;
/** What is said of a webhook whose claimant never said anything. */
const leaseLost = 'lease_lost';

/**
 * Hands a claimed webhook to its source and marks what came of it, if it still is the claimant's. Never rejects: the
 * end of the lease brings a webhook back whose outcome could not be stored.
 */
export function createHandling(
  options: HandlingOptions & { handlingMsMax: number },
): (webhook: ClaimedWebhook) => Promise<void> {
  const { database, clock, sources, onError, onDead, random, handlingMsMax } = options;
  const byProvider = new Map(sources.map((source) => [source.provider, source]));
  const marking = createGroupCommit<WebhookClaim, boolean>({
    clock,
    commit: (claims) => webhooksHandled(database, claims, clock.now()),
    isFaultOfAnItem: isFaultOfData,
    bytesOf: () => 0,
  });

  async function handle(webhook: ClaimedWebhook): Promise<void> {
    const source = byProvider.get(webhook.provider);
    // It may be what ended the process that had it: counted before it is touched again, or it would end all for ever.
    if (webhook.isLeaseLost) return fail(webhook, { code: leaseLost });
    try {
      if (!source)
        throw new DropError('provider_unavailable', { message: 'no source of this provider here' });
      await inTime(source.handle(webhook), clock, handlingMsMax);
    } catch (error) {
      return fail(webhook, { code: isDropError(error) ? error.code : 'internal_error', error });
    }
    if (!(await marking.add(webhook))) tell('a webhook was handled after its lease had run out', webhook, {});
  }

  async function fail(webhook: ClaimedWebhook, failure: { code: string; error?: unknown }): Promise<void> {
    const { code, error } = failure;
    const failures = webhook.failures + 1;
    // Where a provider is switched off, its webhooks wait for it: they are never given up.
    const isLast = byProvider.has(webhook.provider) && failures >= failuresMax;
    const retryAt = isLast ? undefined : new Date(clock.now().getTime() + retryDelayMs(failures, random));
    const isOurs = await webhookFailed(database, webhook, { error: code, retryAt });
    if (isOurs && isLast) onDead({ ...webhook, error: code });
    const message =
      code === leaseLost
        ? 'who had a webhook in hand never said what became of it'
        : 'a webhook could not be handled';
    tell(message, webhook, { isLast: isOurs && isLast, error });
  }

  function tell(message: string, webhook: ClaimedWebhook, details: Record<string, unknown>): void {
    onError(message, { webhookId: webhook.id, provider: webhook.provider, ...details });
  }

  return (webhook) =>
    handle(webhook).catch((error: unknown) =>
      tell('what became of a webhook could not be stored', webhook, { error }),
    );
}

/** Waits `timeoutMs` milliseconds for `work` and no longer; it may go on, but what becomes of it counts no more. */
async function inTime(work: Promise<void>, clock: Clock, timeoutMs: number): Promise<void> {
  const late = Promise.withResolvers<never>();
  const end = clock.schedule(timeoutMs, () =>
    late.reject(new DropError('provider_timeout', { message: 'handling a webhook took too long' })),
  );
  await Promise.race([work, late.promise]).finally(() => end.cancel());
}

/**
 * 1 s, 2 s, 4 s … up to an hour, and up to as much again: where one of many webhooks ended the process that had them in
 * hand, the others must not meet it again each time.
 */
function retryDelayMs(failures: number, random: () => number): number {
  return Math.round(Math.min(retryDelayMsMax, 1_000 * 2 ** (failures - 1)) * (1 + random()));
}
