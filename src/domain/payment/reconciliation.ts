/** How often the bank is asked about a payment that is not over. */

const firstMs = 20_000;
/** The customer is waiting at the screen. */
const firstMsAfterReturn = 2_000;
const delayMsMax = 6 * 3_600_000;

/**
 * Milliseconds until the bank is asked about a payment again: a tenth of the time since the payment was created, or
 * since the customer came back from the bank, so that Drop rarely asks about an old payment.
 */
export function nextReadingMs(payment: { createdAt: Date; returnedAt: Date | undefined }, now: Date): number {
  const { createdAt, returnedAt } = payment;
  const sinceMs = now.getTime() - (returnedAt ?? createdAt).getTime();
  const leastMs = returnedAt === undefined ? firstMs : firstMsAfterReturn;
  return Math.min(delayMsMax, Math.max(leastMs, Math.round(sinceMs / 10)));
}

/** The longest time that a hand-over to the bank can take: after that, its process has given up or has died. */
export const initiationMsMax = 60_000;
