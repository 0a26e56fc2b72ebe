/** How often the bank is asked about a payment that is not over. */

const firstMs = 20_000;
/** The customer waits at the screen. */
const firstMsAfterReturn = 2_000;
const delayMsMax = 6 * 3_600_000;

/**
 * Milliseconds until a payment is asked about again: a tenth of what has passed since it was created, or since the
 * customer came back from the bank, so that an old payment is asked about rarely.
 */
export function nextReadingMs(payment: { createdAt: Date; returnedAt: Date | undefined }, now: Date): number {
  const { createdAt, returnedAt } = payment;
  const sinceMs = now.getTime() - (returnedAt ?? createdAt).getTime();
  const leastMs = returnedAt === undefined ? firstMs : firstMsAfterReturn;
  return Math.min(delayMsMax, Math.max(leastMs, Math.round(sinceMs / 10)));
}

/** How long a call that hands an order over can be under way: then its process has given up, or is gone. */
export const initiationMsMax = 60_000;
