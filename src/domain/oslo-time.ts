let calendar: Intl.DateTimeFormat | undefined;

/** A moment as clocks and calendars in Norway show it. */
export interface OsloTime {
  /** `YYYY-MM-DD`. */
  day: string;
  /** `HH:MM`, from `00:00` to `23:59`. */
  time: string;
}

/** The time in Norway at an instant. The time zone data is loaded on first use. */
export function osloTime(instant: Date): OsloTime {
  calendar ??= new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Oslo',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = new Map(calendar.formatToParts(instant).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  return {
    day: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
  };
}

const hourMs = 3_600_000;

/** When a day in Norway (`YYYY-MM-DD`) begins. Summer time begins and ends at another hour than midnight. */
export function startOfOsloDay(day: string): Date {
  const midnightMs = Date.parse(`${day}T00:00:00Z`);
  const isSummer = osloDay(new Date(midnightMs - 2 * hourMs)) === day;
  return new Date(midnightMs - (isSummer ? 2 : 1) * hourMs);
}

/** Norway's calendar day at an instant, as `YYYY-MM-DD`. */
export function osloDay(instant: Date): string {
  return osloTime(instant).day;
}
