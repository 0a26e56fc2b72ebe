import { bankDayFrom } from '#domain/banking/bank-days.ts';
import { startOfOsloDay } from '#domain/oslo-time.ts';

/** A timer cannot wait for longer than 24 days. */
const waitMsMax = 86_400_000;

/**
 * How long a payment still waits for its day, or the bank day after it, in milliseconds: at most a day at once, and 0
 * where the bank is to act now.
 */
export function msUntilDue({ dueOn }: { dueOn?: string | undefined }, now: Date): number {
  if (dueOn === undefined) return 0;
  const waitMs = startOfOsloDay(bankDayFrom(dueOn)).getTime() - now.getTime();
  return Math.min(waitMsMax, Math.max(0, waitMs));
}
