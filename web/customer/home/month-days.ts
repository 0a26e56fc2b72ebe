import { osloDay } from '#domain/oslo-time.ts';
import type { Payment } from '#http/contract/payments.ts';

type Paid = Pick<Payment, 'amount' | 'creditor' | 'moneyMoved' | 'settledAt'>;

export interface PaidDay {
  /** The day of the month, from 1. */
  day: number;
  /** What was paid on it, in øre. */
  oere: number;
  count: number;
}

export interface PaidMonth {
  /** Every day of the month, also those without a payment. */
  days: PaidDay[];
  oere: number;
  count: number;
  /** Whether transfers to the customer's own accounts were left out. */
  hasTransfers: boolean;
}

/** The payments that moved money in a month in Norway (`YYYY-MM`), by the day on which they were settled. */
export function paidMonth(
  payments: readonly Paid[],
  { month, ownNumbers }: { month: string; ownNumbers: ReadonlySet<string | null> },
): PaidMonth {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const length = new Date(Date.UTC(year, number, 0)).getUTCDate();
  const days = Array.from({ length }, (_, index) => ({ day: index + 1, oere: 0, count: 0 }));
  let hasTransfers = false;
  for (const { amount, creditor, moneyMoved, settledAt } of payments) {
    const settled = settledAt === null ? '' : osloDay(new Date(settledAt));
    if (moneyMoved !== 'yes' || !settled.startsWith(`${month}-`)) continue;
    const day = days[Number(settled.slice(8)) - 1];
    if (ownNumbers.has(creditor.accountNumber)) hasTransfers = true;
    else if (day) {
      day.oere += amount.amount;
      day.count += 1;
    }
  }
  const sum = (of: 'oere' | 'count') => days.reduce((total, day) => total + day[of], 0);
  return { days, oere: sum('oere'), count: sum('count'), hasTransfers };
}
