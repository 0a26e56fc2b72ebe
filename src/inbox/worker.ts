import type { Scheduled } from '#domain/clock.ts';
import { claimWebhooks, releaseWebhooks, type ClaimedWebhook } from '#store/inbox/inbox.ts';
import { createHandling, type HandlingOptions } from './handling.ts';

export interface InboxWorker {
  /** Looks now rather than at the next poll. */
  wake(): void;
  /** Takes no more webhooks, hands back what it has not begun, and waits for what it has. */
  stop(): Promise<void>;
}

export interface InboxWorkerOptions extends HandlingOptions {
  /** How long a webhook is the claimant's alone; by default, with a poll, less than a minute. */
  leaseMs?: number;
}

const pollMs = 5_000;
const leaseMsDefault = 54_000;
const inHandMax = 50;
/** Of the lease, so that whoever takes a webhook is done with it before another may take it. */
const handlingShare = 11 / 12;

/**
 * Handles stored webhooks, at Drop's pace: in order per subject, again after a failure, at least once. Only one
 * worker's outcome counts: who lost a webhook to another, because the lease ran out, marks nothing.
 */
export function startInboxWorker(options: InboxWorkerOptions): InboxWorker {
  const { database, clock, onError, leaseMs = leaseMsDefault } = options;
  const handle = createHandling({ ...options, handlingMsMax: leaseMs * handlingShare });
  const inHand = new Set<Promise<void>>();
  let isStopped = false;
  let isAsked = false;
  let running: Promise<void> | undefined;
  let poll: Scheduled | undefined;

  function take(webhook: ClaimedWebhook): void {
    const work = handle(webhook).finally(() => {
      inHand.delete(work);
      wake();
    });
    inHand.add(work);
  }

  async function drain(): Promise<void> {
    while (isAsked && !isStopped && inHand.size < inHandMax) {
      isAsked = false;
      const limit = inHandMax - inHand.size;
      const claimed = await claimWebhooks(database, clock.now(), { limit, leaseMs });
      // Told to stop meanwhile: another takes them at once, rather than this one's end being put off.
      if (isStopped) return releaseWebhooks(database, claimed, clock.now());
      for (const webhook of claimed) take(webhook);
      if (claimed.length > 0) isAsked = true;
    }
  }

  function wake(): void {
    isAsked = true;
    if (isStopped || running || inHand.size >= inHandMax) return;
    running = drain()
      .catch((error: unknown) => onError('the webhook inbox could not be read', { error }))
      .finally(() => {
        running = undefined;
        if (isAsked && inHand.size < inHandMax) wake();
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
