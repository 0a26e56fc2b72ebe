import { createHandling, type HandlingOptions } from './handling.ts';
import type { ClaimedWebhook } from './storage.ts';

export interface InboxWorker {
  /** Looks for webhooks now rather than at the next poll. */
  wake(): void;
  /** Takes no more webhooks, hands back what it has not begun, and waits for what it has. */
  stop(): Promise<void>;
}

export interface InboxWorkerOptions<Transaction> extends HandlingOptions<Transaction> {
  /** How long only the worker that claimed a webhook may handle it. By default, with a poll, less than a minute. */
  leaseMs?: number;
}

const pollMs = 5_000;
const leaseMsDefault = 54_000;
const inHandMax = 50;
/** The share of the lease that handling may take, so that it ends before another worker may claim the webhook. */
const handlingShare = 11 / 12;

/**
 * Handles stored webhooks: in order per subject, again after a failure, at least once. Only one worker's outcome
 * counts: a worker that lost a webhook to another, because its lease ran out, stores nothing.
 */
export function startInboxWorker<Transaction>(options: InboxWorkerOptions<Transaction>): InboxWorker {
  const { storage, clock, onError, leaseMs = leaseMsDefault } = options;
  const handle = createHandling({ ...options, handlingMsMax: leaseMs * handlingShare });
  const inHand = new Set<Promise<void>>();
  let isStopped = false;
  let isAsked = false;
  let wakes = 0;
  let running: Promise<void> | undefined;
  let poll: { cancel(): void } | undefined;

  function take(webhook: ClaimedWebhook, wakesBefore: number): void {
    const work = handle(webhook).finally(() => {
      inHand.delete(work);
      // Later ones of its subject have waited for it: those that the claim saw, or that were announced since.
      if (isAsked || webhook.hasLater || wakes > wakesBefore) look();
    });
    inHand.add(work);
  }

  async function drain(): Promise<void> {
    while (isAsked && !isStopped && inHand.size < inHandMax) {
      isAsked = false;
      const wakesBefore = wakes;
      const limit = inHandMax - inHand.size;
      const claimed = await storage.claim(clock.now(), { limit, leaseMs });
      // The worker was stopped meanwhile: other workers handle these at once, and the stop is not delayed.
      if (isStopped) return storage.release(claimed, clock.now());
      for (const webhook of claimed) take(webhook, wakesBefore);
      if (claimed.length === limit) isAsked = true;
    }
  }

  function wake(): void {
    wakes += 1;
    look();
  }

  function look(): void {
    isAsked = true;
    if (isStopped || running || inHand.size >= inHandMax) return;
    running = drain()
      .catch((error: unknown) => onError('the webhook inbox could not be read', { error }))
      .finally(() => {
        running = undefined;
        if (isAsked && inHand.size < inHandMax) look();
      });
  }

  function pollLater(delayMs: number): void {
    poll?.cancel();
    if (isStopped) return;
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
      await Promise.all(inHand);
    },
  };
}
