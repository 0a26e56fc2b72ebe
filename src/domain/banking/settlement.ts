import { osloTime, startOfOsloDay } from '../oslo-time.ts';
import type { Execution } from '../payment/execution.ts';
import { bankDayFrom, dayAfter, isBankDay } from './bank-days.ts';

/**
 * The settlements of a bank day between Norwegian banks, in the time of Oslo (Finans Norge, 2016: "Tidspunkter for
 * oppgjør i NICS"), each with the time until which an order must be approved to be part of it. The cut-off is the
 * bank's own; this is the earliest that Norwegian banks name to private customers.
 */
const settlements: readonly { approvedBefore: string; settledAt: string }[] = [
  { approvedBefore: '00:00', settledAt: '05:35' },
  { approvedBefore: '08:15', settledAt: '09:30' },
  { approvedBefore: '10:00', settledAt: '11:30' },
  { approvedBefore: '11:30', settledAt: '13:35' },
  { approvedBefore: '13:30', settledAt: '15:35' },
];

/** Days before holidays, on which banks close early, each at a time of its own. Nothing is expected on them. */
const shortDays: readonly string[] = ['12-24', '12-31'];

/** When a settlement between banks is expected, in the time of Oslo. */
export interface ExpectedSettlement {
  /** `YYYY-MM-DD`. */
  day: string;
  /** `HH:MM`. */
  time: string;
}

/**
 * When the receiver's bank normally gets the money of an ordinary domestic payment that is approved at an instant. The
 * receiver's bank may credit it later; a payment within one bank, or an instant one, is sooner.
 */
export function expectedSettlement(approvedAt: Date): ExpectedSettlement {
  const { day, time } = osloTime(approvedAt);
  const today = isSettlementDay(day)
    ? settlements.find(({ approvedBefore }) => time < approvedBefore)
    : undefined;
  if (today !== undefined) return { day, time: today.settledAt };
  return { day: settlementDayFrom(dayAfter(day)), time: settlements[0]?.settledAt ?? '' };
}

/**
 * The day (`YYYY-MM-DD`) on which an order normally arrives that is approved at an instant; undefined for an instant
 * payment, which arrives within seconds. A day on which banks are closed means the next one on which they are open.
 */
export function expectedArrivalDay(execution: Execution, approvedAt: Date): string | undefined {
  switch (execution.kind) {
    case 'instant':
      return undefined;
    case 'normal':
      return expectedSettlement(approvedAt).day;
    case 'on': {
      const begins = startOfOsloDay(execution.date);
      return expectedSettlement(begins > approvedAt ? begins : approvedAt).day;
    }
  }
}

/**
 * Whether an ordinary payment that is approved today can still arrive today.
 *
 * - `open`: it can, if it is approved before `until` (`HH:MM` in Norway).
 * - `over`: the last settlement of the day can no longer be reached.
 * - `short_day`: banks close early, each at a time of its own.
 * - `no_bank_day`: a weekend or a holiday.
 */
export type SettlementHours =
  { kind: 'open'; until: string } | { kind: 'over' | 'short_day' | 'no_bank_day' };

/** The settlements that are left on the day of an instant, in Norway. */
export function settlementHours(at: Date): SettlementHours {
  const { day, time } = osloTime(at);
  if (!isBankDay(day)) return { kind: 'no_bank_day' };
  if (isShortDay(day)) return { kind: 'short_day' };
  const until = settlements.at(-1)?.approvedBefore ?? '';
  return time < until ? { kind: 'open', until } : { kind: 'over' };
}

const isShortDay = (day: string): boolean => shortDays.includes(day.slice(5));

const isSettlementDay = (day: string): boolean => isBankDay(day) && !isShortDay(day);

function settlementDayFrom(day: string): string {
  const bankDay = bankDayFrom(day);
  return isShortDay(bankDay) ? settlementDayFrom(dayAfter(bankDay)) : bankDay;
}
