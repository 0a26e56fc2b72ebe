import type { Scheduled } from '#domain/clock.ts';
import { lookAtAlerts } from '#store/outbox/alert-delivery.ts';
import { answeredWithin } from './answered-within.ts';
import { deliverNext, type DeliveryContext } from './deliver.ts';

/** Delivers the alerts of the outbox. Each process has one; one of them at a time makes an attempt. */
export interface AlertWorker {
  /** Looks for alerts now rather than at the next poll. */
  wake(): void;
  /** Why the channel refuses alerts until an operator acts; undefined while it does not. For the health report. */
  readonly refusal: string | undefined;
  /**
   * Delivers what waits without the channel's pace, for at most `deadlineMs` milliseconds, and looks no further. The
   * rest is delivered by another process or the next one. Does not reject.
   */
  finish(deadlineMs: number): Promise<void>;
}

const pollMs = 5_000;

export function startAlertWorker(context: DeliveryContext): AlertWorker {
  const { clock, store, log } = context;
  let refusal: string | undefined;
  let isStopped = false;
  let isHurried = false;
  let working: Promise<void> | undefined;
  let isAsked = false;
  let next: Scheduled | undefined;

  async function deliver(): Promise<number> {
    for (;;) {
      isAsked = false;
      const found = await lookAtAlerts(store.database);
      ({ refusal } = found);
      const waitMs = found.isWaiting ? await deliverNext(context, isHurried) : pollMs;
      if (waitMs > 0 && !isAsked) return isHurried && found.isWaiting ? waitMs : Math.min(waitMs, pollMs);
    }
  }

  function work(): void {
    next?.cancel();
    working = deliver()
      .catch((error: unknown) => {
        log('warn', 'the alerts that wait could not be read', { error });
        return pollMs;
      })
      .then((waitMs) => {
        working = undefined;
        if (!isStopped) next = clock.schedule(isAsked ? 0 : waitMs, work);
      });
  }

  work();
  return {
    wake() {
      isAsked = true;
      if (!working && !isStopped) work();
    },
    get refusal() {
      return refusal;
    },
    async finish(deadlineMs) {
      isStopped = true;
      isHurried = true;
      next?.cancel();
      const rest = (working ?? Promise.resolve()).then(deliver).then(() => undefined);
      await answeredWithin(clock, deadlineMs, rest).catch(() => undefined);
    },
  };
}
