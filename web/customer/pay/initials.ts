/** The first letters of the first and the last word of a name, in capitals: `Kari Nordmann` → `KN`. */
export function initialsOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const first = words.at(0) ?? '';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return [first, last]
    .map((word) => [...word].at(0) ?? '')
    .join('')
    .toLocaleUpperCase('nb');
}
