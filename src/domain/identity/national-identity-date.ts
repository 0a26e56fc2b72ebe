/**
 * The year of birth that the two digits of the year and the individual number tell, or undefined where the 1964 rule
 * issues no such pair. Numbers of 2032 use every individual number for every year, so there the pairs that the old
 * table does not know take the latest century that it would leave open.
 */
export function birthYear(
  twoDigitYear: string,
  individual: string,
  scheme: '1964' | '2032',
): number | undefined {
  const year = Number(twoDigitYear);
  const individualNumber = Number(individual);
  if (individualNumber < 500) return 1900 + year;
  if (year < 40) return 2000 + year;
  if (individualNumber >= 900) return 1900 + year;
  if (individualNumber < 750 && year >= 54) return 1800 + year;
  return scheme === '2032' ? 1900 + year : undefined;
}

/** `YYYY-MM-DD`, or undefined where the calendar has no such day. */
export function civilDate(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)
    return undefined;
  return date.toISOString().slice(0, 10);
}
