import { dayAfter } from '#domain/banking/bank-days.ts';
import { startOfOsloDay } from '#domain/oslo-time.ts';

/** The end of a day in Norway: the midnight after it. */
export function endOfBankDay(day: string): Date {
  return startOfOsloDay(dayAfter(day));
}
