const shapes = [
  /^[^\d]{0,12}?(?<day>\d{1,2})[./-] ?(?<month>\d{1,2})[./-] ?(?<year>20\d{2}|\d{2})(?!\d)/,
  /^[^\d]{0,12}?(?<year>20\d{2})-(?<month>\d{2})-(?<day>\d{2})(?!\d)/,
];

/** The day (`YYYY-MM-DD`) at the beginning of a text, in the Norwegian order or in ISO 8601; none for no real day. */
export function readDay(text: string): string[] {
  for (const shape of shapes) {
    const { day = '', month = '', year = '' } = shape.exec(text)?.groups ?? {};
    const written = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    if (year !== '' && isDay(written)) return [written];
  }
  return [];
}

function isDay(day: string): boolean {
  const time = Date.parse(`${day}T12:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}
