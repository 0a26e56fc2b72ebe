/**
 * One text for one value, whatever the order of its members: JSON with sorted names and without white space. What JSON
 * leaves out is left out; a time becomes its ISO 8601 form, and bytes become hexadecimal digits.
 */
export function canonicalJson(value: unknown): string {
  const text = JSON.stringify(plain(value)) as string | undefined;
  return text ?? 'null';
}

function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([first], [second]) => (first < second ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, plain(member)]));
}
