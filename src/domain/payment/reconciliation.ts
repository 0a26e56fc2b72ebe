/** How often the bank is asked about a payment that is not over. */

const firstMs = 20_000;
/** The customer is waiting at the screen. */
const firstMsAfterReturn = 2_000;
const firstMsWatched = 3_000;
const delayMsMax = 6 * 3_600_000;
/** Longer than the interval at which the page of a payment asks Drop (`web/customer/api/queries.ts`). */
const watchedForMs = 15_000;

/** What decides how urgent the next reading is. */
export interface ReadPayment {
  createdAt: Date;
  /** When the customer came back from the bank. */
  returnedAt: Date | undefined;
  /** When the customer last looked at the payment. */
  watchedAt: Date | undefined;
}

/**
 * Milliseconds until the bank is asked about a payment again: a tenth of the time since the payment was created, or
 * since the customer came back from the bank, so that Drop rarely asks about an old payment. While the customer looks
 * at the payment, a hundredth of that time.
 */
export function nextReadingMs({ createdAt, returnedAt, watchedAt }: ReadPayment, now: Date): number {
  const sinceMs = now.getTime() - (returnedAt ?? createdAt).getTime();
  const leastMs = returnedAt === undefined ? firstMs : firstMsAfterReturn;
  const usualMs = Math.max(leastMs, Math.round(sinceMs / 10));
  const isWatched = watchedAt !== undefined && now.getTime() - watchedAt.getTime() < watchedForMs;
  const watchedMs = isWatched ? Math.max(firstMsWatched, Math.round(sinceMs / 100)) : Infinity;
  return Math.min(delayMsMax, usualMs, watchedMs);
}

/** The longest time that a hand-over to the bank can take: after that, its process has given up or has died. */
export const initiationMsMax = 60_000;
