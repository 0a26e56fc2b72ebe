import { osloDay, startOfOsloDay } from './oslo-time.ts';

/**
 * The steps by which a closed account is erased, in their order. `request` is the closing itself; `end` comes when all
 * others are done.
 */
export const erasureSteps = ['request', 'consents', 'cards', 'applicant', 'files', 'mail', 'end'] as const;
export type ErasureStep = (typeof erasureSteps)[number];

/** hvitvaskingsloven § 30: five years, whatever leap years they have. */
const verdictsKeptMs = 1_827 * 86_400_000;
/** bokføringsloven § 13: from the end of the year. */
const paymentsKeptYears = 5;

/**
 * Until when the data of a customer who left at `at` are kept. `hasPaid`: whether there are payments to account for.
 */
export function keptUntil(at: Date, hasPaid: boolean): Date {
  if (!hasPaid) return new Date(at.getTime() + verdictsKeptMs);
  const year = Number(osloDay(at).slice(0, 4));
  return startOfOsloDay(`${year + paymentsKeptYears + 1}-01-01`);
}
