const dayMs = 86_400_000;

/** Noon, so that no rule about midnight matters. */
const utcOf = (day: string): number => Date.parse(`${day}T12:00:00Z`);

/** The calendar day (`YYYY-MM-DD`) that lies `days` after another. */
export function dayAfter(day: string, days = 1): string {
  return new Date(utcOf(day) + days * dayMs).toISOString().slice(0, 10);
}

/**
 * Easter Sunday of a year in the Gregorian calendar, as `YYYY-MM-DD` (Meeus, Astronomical Algorithms, chapter 8;
 * "anonymous" algorithm of 1876). The letters are the source's.
 */
export function easterSunday(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  const dayOfMonth = ((h + l - 7 * m + 114) % 31) + 1;
  return [year, month, dayOfMonth].map((part) => `${part}`.padStart(2, '0')).join('-');
}

/** Month and day of the holidays that do not move (helligdagsfredloven § 2; lov 26. april 1947 nr. 1 § 1). */
const fixedHolidays: readonly string[] = ['01-01', '05-01', '05-17', '12-25', '12-26'];

/** Days from Easter Sunday: Maundy Thursday, Good Friday, Easter Monday, Ascension, Whit Monday; Sundays aside. */
const movingHolidays: readonly number[] = [-3, -2, 1, 39, 50];

/** Whether a day (`YYYY-MM-DD`) is a public holiday in Norway, Sundays aside. */
export function isHoliday(day: string): boolean {
  if (fixedHolidays.includes(day.slice(5))) return true;
  const easter = easterSunday(Number(day.slice(0, 4)));
  return movingHolidays.some((days) => dayAfter(easter, days) === day);
}

/** Whether Norwegian banks settle payments between them on a day: from Monday to Friday, but on holidays. */
export function isBankDay(day: string): boolean {
  const weekday = new Date(utcOf(day)).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !isHoliday(day);
}

/** The first bank day on or after a day. */
export function bankDayFrom(day: string): string {
  return isBankDay(day) ? day : bankDayFrom(dayAfter(day));
}
