import type { Locale } from './locale.ts';
import type { Money } from './money.ts';

const nonBreakingSpace = '\u00a0';
const timeZone = 'Europe/Oslo';
const tags: Record<Locale, string> = { nb: 'nb-NO', en: 'en-GB' };

/** The formats of numbers and times. Times are in Norwegian time, whatever the device's time zone is. */
export interface Format {
  /** `1 250,00 kr`; in English `NOK 1,250.00`. */
  money(money: Money): string;
  /** `23.02.2026`; in English `23 Feb 2026`. */
  date(timestamp: string): string;
  /** `mandag 23. februar 2026`; in English `Monday 23 February 2026`. */
  fullDate(timestamp: string): string;
  /** `mandag 23. februar`; in English `Monday 23 February`. */
  dayOfYear(timestamp: string): string;
  /** `23.02.2026 kl. 14.30`; in English `23 Feb 2026, 14:30`. */
  dateTime(timestamp: string): string;
  /** `14.30`; in English `14:30`. */
  time(timestamp: string): string;
}

export const formats: Record<Locale, Format> = {
  nb: {
    money: ({ amount, currency }) =>
      `${decimals(amount, 'nb')}${nonBreakingSpace}${currency === 'NOK' ? 'kr' : currency}`,
    date: (timestamp) => numericDate(timestamp),
    fullDate: (timestamp) => fullDate(timestamp, 'nb'),
    dayOfYear: (timestamp) => dayOfYear(timestamp, 'nb'),
    time: (timestamp) => clockTime(timestamp).replace(':', '.'),
    dateTime: (timestamp) =>
      `${numericDate(timestamp)} kl.${nonBreakingSpace}${clockTime(timestamp).replace(':', '.')}`,
  },
  en: {
    money: ({ amount, currency }) => `${currency}${nonBreakingSpace}${decimals(amount, 'en')}`,
    date: (timestamp) => wordyDate(timestamp),
    // Some releases of ICU put a comma after the weekday.
    fullDate: (timestamp) => fullDate(timestamp, 'en').replace(',', ''),
    dayOfYear: (timestamp) => dayOfYear(timestamp, 'en').replace(',', ''),
    time: (timestamp) => clockTime(timestamp),
    dateTime: (timestamp) => `${wordyDate(timestamp)}, ${clockTime(timestamp)}`,
  },
};

/** To make a formatter takes a hundred times as long as to use it. */
const numbers = new Map<Locale, Intl.NumberFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();

function decimals(minorUnits: number, locale: Locale): string {
  const twoDecimals = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const format = numbers.get(locale) ?? new Intl.NumberFormat(tags[locale], twoDecimals);
  numbers.set(locale, format);
  return format.format(minorUnits / 100);
}

function numericDate(timestamp: string): string {
  return part(timestamp, 'nb-NO', { day: '2-digit', month: '2-digit', year: 'numeric' });
}

function wordyDate(timestamp: string): string {
  return part(timestamp, 'en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}

function fullDate(timestamp: string, locale: Locale): string {
  const options = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  return part(timestamp, tags[locale], options);
}

function dayOfYear(timestamp: string, locale: Locale): string {
  return part(timestamp, tags[locale], { weekday: 'long', day: 'numeric', month: 'long' });
}

function clockTime(timestamp: string): string {
  return part(timestamp, 'en-GB', { hour: '2-digit', minute: '2-digit' });
}

function part(timestamp: string, tag: string, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify([tag, options]);
  const format = dates.get(key) ?? new Intl.DateTimeFormat(tag, { ...options, timeZone });
  dates.set(key, format);
  return format.format(new Date(timestamp));
}
