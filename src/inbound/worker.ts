import type { Clock, Scheduled } from '#domain/clock.ts';
import { DropError, isDropError } from '#domain/errors.ts';
import type { Database } from '#store/database.ts';
import { claimWebhooks, webhookFailed, webhookHandled, type ClaimedWebhook } from '#store/webhook-inbox.ts';
import type { WebhookSource } from './webhook-source.ts';

export interface InboxWorker {
  /** Looks now rather than at the next poll. */
  wake(): void;
  /** Stops taking webhooks and waits for those in hand. */
  stop(): Promise<void>;
}

export interface InboxWorkerOptions {
  database: Database;
  clock: Clock;
  sources: readonly WebhookSource[];
  onError: (message: string, details: Record<string, unknown>) => void;
}

const pollMs = 5_000;
const leaseMs = 60_000;
const batchMax = 50;
const attemptsMax = 12;
const retryDelayMsMax = 3_600_000;

/** Handles stored webhooks, at Drop's pace: each once, in order per subject, again after a failure. */
export function startInboxWorker({ database, clock, sources, onError }: InboxWorkerOptions): InboxWorker {
  const byProvider = new Map(sources.map((source) => [source.provider, source]));
  let isStopped = false;
  let isAsked = false;
  let running: Promise<void> | undefined;
  let poll: Scheduled | undefined;

  async function handle(webhook: ClaimedWebhook): Promise<void> {
    const source = byProvider.get(webhook.provider);
    try {
      if (!source)
        throw new DropError('provider_unavailable', { message: 'no source of this provider here' });
      await source.handle(webhook);
      await webhookHandled(database, webhook.id, clock.now());
    } catch (error) {
      // Where a provider is switched off, its webhooks wait for it: they are never given up.
      const isLast = source !== undefined && webhook.attempts >= attemptsMax;
      const retryAt = isLast ? undefined : new Date(clock.now().getTime() + retryDelayMs(webhook.attempts));
      await webhookFailed(database, webhook.id, { error: codeOf(error), retryAt });
      tell('a webhook could not be handled', webhook, { isLast, error });
    }
  }

  function tell(message: string, webhook: ClaimedWebhook, details: Record<string, unknown>): void {
    onError(message, { webhookId: webhook.id, provider: webhook.provider, ...details });
  }

  /** Never rejects, so that the others of its batch are waited for. The end of the lease brings the webhook back. */
  function handleInAnyCase(webhook: ClaimedWebhook): Promise<void> {
    return handle(webhook).catch((error: unknown) =>
      tell('what became of a webhook could not be stored', webhook, { error }),
    );
  }

  async function drain(): Promise<void> {
    while (isAsked && !isStopped) {
      isAsked = false;
      const claimed = await claimWebhooks(database, clock.now(), { limit: batchMax, leaseMs });
      await Promise.all(claimed.map(handleInAnyCase));
      if (claimed.length > 0) isAsked = true;
    }
  }

  function wake(): void {
    isAsked = true;
    if (isStopped || running) return;
    running = drain()
      .catch((error: unknown) => onError('the webhook inbox could not be read', { error }))
      .finally(() => {
        running = undefined;
        if (isAsked && !isStopped) pollLater(0);
      });
  }

  function pollLater(delayMs: number): void {
    poll?.cancel();
    poll = clock.schedule(delayMs, () => {
      wake();
      pollLater(pollMs);
    });
  }

  pollLater(0);
  return {
    wake,
    async stop() {
      isStopped = true;
      poll?.cancel();
      await running;
    },
  };
}

/** 1 s, 2 s, 4 s … up to an hour. */
function retryDelayMs(attempts: number): number {
  return Math.min(retryDelayMsMax, 1_000 * 2 ** (attempts - 1));
}

function codeOf(error: unknown): string {
  return isDropError(error) ? error.code : 'internal_error';
}
