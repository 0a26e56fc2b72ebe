const dayMs = 86_400_000;
const hourMs = 3_600_000;

const osloTime = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Oslo',
  dateStyle: 'short',
});

/** The day in Norway, `YYYY-MM-DD`: the banks' own date. */
export function bankDay(time: Date): string {
  return osloTime.format(time);
}

/** The end of a day in Norway: the midnight after it. Summer time begins and ends at another hour than midnight. */
export function endOfBankDay(day: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`) + dayMs;
  const isSummer = bankDay(new Date(midnight - 2 * hourMs)) !== day;
  return new Date(midnight - (isSummer ? 2 : 1) * hourMs);
}
