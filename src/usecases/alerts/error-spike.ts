import type { Clock } from '#domain/clock.ts';
import { raise, type AlertContext } from './raise.ts';

const windowMs = 60_000;
/** This many are normal; one more is a spike. */
const errorsMax = 5;
/** Beyond this the count is a lower bound, so that a flood costs no memory. */
const errorsKeptMax = 1_000;

export interface ErrorSpikeDetector {
  /** Counts one error, now. Returns at once and does not throw. */
  record(): void;
}

/**
 * Tells the operators when more than five errors came in 60 s, once a window. It counts the errors of its own process;
 * several processes each see their own share.
 */
export function createErrorSpikeDetector(context: AlertContext & { clock: Clock }): ErrorSpikeDetector {
  const { clock } = context;
  let errorTimes: number[] = [];
  let quietUntil = Number.NEGATIVE_INFINITY;

  return {
    record() {
      const now = clock.now().getTime();
      const firstKept = errorTimes.findIndex((time) => time > now - windowMs);
      errorTimes = firstKept === -1 ? [] : errorTimes.slice(firstKept);
      if (errorTimes.length < errorsKeptMax) errorTimes.push(now);
      if (errorTimes.length <= errorsMax || now < quietUntil) return;
      quietUntil = now + windowMs;
      void raise(context, 'error_spike', { errors: errorTimes.length, seconds: windowMs / 1000 });
    },
  };
}
