import { dayAfter } from '#domain/banking/bank-days.ts';
import type { Format } from '#domain/formats.ts';
import { osloDay } from '#domain/oslo-time.ts';
import type { Payment } from '#http/contract/payments.ts';
import type { Texts } from '../texts/nb.ts';

export interface PaymentDay {
  /** In Norway, `YYYY-MM-DD`. */
  day: string;
  payments: Payment[];
}

/** The payments by the day on which they were created, in the order of the list. */
export function byDay(payments: readonly Payment[]): PaymentDay[] {
  const days: PaymentDay[] = [];
  for (const payment of payments) {
    const day = osloDay(new Date(payment.createdAt));
    const last = days.at(-1);
    if (last?.day === day) last.payments.push(payment);
    else days.push({ day, payments: [payment] });
  }
  return days;
}

interface Reading {
  words: Texts['payments'];
  format: Format;
  now: Date;
}

/** The day as a heading: today, yesterday, or the day of the week with the date. */
export function dayHeading(day: string, { words, format, now }: Reading): string {
  const near = nearDay(day, words, now);
  if (near !== undefined) return near;
  const text = weekdayOf(day, { format, now });
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A day with its weekday, and with its year if that is another one: `tirsdag 1. desember`. */
export function weekdayOf(day: string, { format, now }: Pick<Reading, 'format' | 'now'>): string {
  const noon = `${day}T12:00:00Z`;
  const isThisYear = day.slice(0, 4) === osloDay(now).slice(0, 4);
  return isThisYear ? format.dayOfYear(noon) : format.fullDate(noon);
}

/** A moment within a sentence: `i dag kl. 12.38`, or the date with the time. */
export function momentInWords(timestamp: string, { words, format, now }: Reading): string {
  const near = nearDay(osloDay(new Date(timestamp)), words, now);
  return near === undefined
    ? words.onDay(format.dateTime(timestamp))
    : words.atTime(near.toLowerCase(), format.time(timestamp));
}

/** A moment where no heading says the day: `I dag 12.38`, or the date with the time. */
export function momentOf(timestamp: string, { words, format, now }: Reading): string {
  const near = nearDay(osloDay(new Date(timestamp)), words, now);
  return near === undefined ? format.dateTime(timestamp) : `${near} ${format.time(timestamp)}`;
}

function nearDay(day: string, words: Texts['payments'], now: Date): string | undefined {
  const today = osloDay(now);
  if (day === today) return words.today;
  return dayAfter(day) === today ? words.yesterday : undefined;
}
