/** How long the settled payments of a bank took. */
export interface SettledTimes {
  /** Their number. */
  settled: number;
  /** In milliseconds, the time within which 95 of 100 were settled. */
  p95Ms: number;
}

const hourMs = 3_600_000;
/** Fewer payments than this say little of a bank. */
const settledMin = 20;
const littleHistoryMs = 24 * hourMs;
/** Beyond this many times the usual, a payment is open for too long. */
const usualFactor = 3;

/** No payment is open for too long before this time. */
export const usualMsMin = hourMs;

/**
 * In milliseconds, the time after which an open payment is unusual at its bank: three times what nearly all payments
 * need there, but at least an hour, and at least a day where there is little history.
 */
export function usualMs({ settled, p95Ms }: SettledTimes): number {
  return Math.max(settled < settledMin ? littleHistoryMs : usualMsMin, usualFactor * p95Ms);
}
