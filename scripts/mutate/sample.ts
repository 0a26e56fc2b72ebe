/**
 * Numbers from 0 up to but not including 1, the same for the same seed (mulberry32): a sample that somebody else drew
 * can be drawn again.
 */
export function seededFractions(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` of the items without repetition, in the order of drawing; all of them when there are fewer. */
export function sample<Item>(items: readonly Item[], count: number, fraction: () => number): Item[] {
  const left = [...items];
  const drawn: Item[] = [];
  while (drawn.length < count && left.length > 0)
    drawn.push(...left.splice(Math.floor(fraction() * left.length), 1));
  return drawn;
}
