/**
 * The year of birth that the two-digit year and the individual number stand for, or undefined when the 1964 rule issues
 * no such pair. The 2032 rule uses every individual number in every year, so a pair that the 1964 table does not
 * contain is given the latest century that the table leaves open.
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

/** `YYYY-MM-DD`, or undefined when the calendar has no such day. */
export function civilDate(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)
    return undefined;
  return date.toISOString().slice(0, 10);
}
