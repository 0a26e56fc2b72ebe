import type { Clock } from './clock.ts';
import { InboxError, plainErrors, type InboxErrors } from './errors.ts';
import { createGroupCommit } from './group-commit.ts';
import type { ClaimedWebhook, WebhookClaim, WorkerStorage } from './storage.ts';
import type { WebhookSource } from './webhook-source.ts';

/** A webhook that is no longer tried. */
export interface DeadWebhook {
  id: string;
  provider: string;
  eventType: string;
  /** The code of the last failure, or `lease_lost`. */
  error: string;
}

/** `Transaction` is one of the storage's, in which a webhook is given up. */
export interface HandlingOptions<Transaction> {
  storage: WorkerStorage<Transaction>;
  clock: Clock;
  sources: readonly WebhookSource[];
  onError: (message: string, details: Record<string, unknown>) => void;
  /** Called for each webhook that is given up, in the transaction that does it; the webhook stays if it rejects. */
  onDead: (webhook: DeadWebhook, transaction: Transaction) => Promise<void>;
  /** From 0 up to 1: spreads the retries of webhooks that failed together. */
  random: () => number;
  /** An application's own errors; `InboxError` and its codes unless given. */
  errors?: InboxErrors;
}

const failuresMax = 12;
const retryDelayMsMax = 3_600_000;
/** The error of a webhook whose worker reported no result before its lease ran out. */
const leaseLost = 'lease_lost';

/**
 * Hands a claimed webhook to its source and stores the outcome, if the claim still holds. Never rejects: a webhook
 * whose outcome could not be stored comes back when its lease ends.
 */
export function createHandling<Transaction>(
  options: HandlingOptions<Transaction> & { handlingMsMax: number },
): (webhook: ClaimedWebhook) => Promise<void> {
  const { storage, clock, sources, onError, onDead, random, handlingMsMax } = options;
  const { errors = plainErrors } = options;
  const byProvider = new Map(sources.map((source) => [source.provider, source]));
  const marking = createGroupCommit<WebhookClaim, boolean>({
    clock,
    commit: (claims) => storage.markHandled(claims, clock.now()),
    isFaultOfAnItem: storage.isFaultOfData,
    bytesOf: () => 0,
  });

  async function handle(webhook: ClaimedWebhook): Promise<void> {
    const source = byProvider.get(webhook.provider);
    // The webhook may have crashed its worker. The failure is counted before it is handled again, or it would crash
    // worker after worker.
    if (webhook.isLeaseLost) return fail(webhook, { code: leaseLost });
    try {
      if (!source) throw noSource();
      await withTimeout(source.handle(webhook), clock, handlingMsMax);
    } catch (thrown) {
      const error = thrown instanceof InboxError ? errors.toError(thrown) : thrown;
      return fail(webhook, { code: errors.codeOf(error), error });
    }
    if (!(await marking.add(webhook)))
      report('a webhook was handled after its lease had run out', webhook, {});
  }

  async function fail(webhook: ClaimedWebhook, failure: { code: string; error?: unknown }): Promise<void> {
    const { code, error } = failure;
    const failures = webhook.failures + 1;
    // The webhooks of a provider that is switched off wait for it, and are never given up.
    const isLast = byProvider.has(webhook.provider) && failures >= failuresMax;
    const retryAt = new Date(clock.now().getTime() + retryDelayMs(failures, random));
    const isOurs = isLast
      ? await giveUp(webhook, code)
      : await storage.markFailed(webhook, { error: code, retryAt });
    const message =
      code === leaseLost
        ? 'the worker that held a webhook stopped without reporting a result'
        : 'a webhook could not be handled';
    report(message, webhook, { isLast: isOurs && isLast, error });
  }

  async function giveUp(webhook: ClaimedWebhook, error: string): Promise<boolean> {
    const { id, provider, eventType } = webhook;
    return storage.giveUp(webhook, error, (transaction) =>
      onDead({ id, provider, eventType, error }, transaction),
    );
  }

  function report(message: string, webhook: ClaimedWebhook, details: Record<string, unknown>): void {
    onError(message, { webhookId: webhook.id, provider: webhook.provider, ...details });
  }

  return (webhook) =>
    handle(webhook).catch((error: unknown) =>
      report('the outcome of a webhook could not be stored', webhook, { error }),
    );
}

/** Waits at most `timeoutMs` milliseconds for `work`, which may go on after that; its result is then ignored. */
async function withTimeout(work: Promise<void>, clock: Clock, timeoutMs: number): Promise<void> {
  let end: { cancel(): void } | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    end = clock.schedule(timeoutMs, () =>
      reject(new InboxError('provider_timeout', { message: 'handling a webhook took too long' })),
    );
  });
  await Promise.race([work, late]).finally(() => end?.cancel());
}

function noSource(): InboxError {
  return new InboxError('provider_unavailable', { message: 'no source of this provider here' });
}

/**
 * 1 s, 2 s, 4 s … up to an hour, plus a random share of as much again: when one of many webhooks crashed their worker,
 * the others must not be retried together with it each time.
 */
function retryDelayMs(failures: number, random: () => number): number {
  return Math.round(Math.min(retryDelayMsMax, 1_000 * 2 ** (failures - 1)) * (1 + random()));
}
