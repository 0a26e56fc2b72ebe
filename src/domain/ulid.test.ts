import { expect, test } from 'vitest';
import { systemEntropy } from './entropy.ts';
import { createUlid, ulidPattern } from './ulid.ts';

/** The example of github.com/ulid/spec: this time is written 01ARYZ6S41. */
const time = new Date(1_469_918_176_385);

test('a ULID begins with its time, as the specification writes it', () => {
  const ulid = createUlid(time, systemEntropy);
  expect(ulid).toMatch(ulidPattern);
  expect(ulid.slice(0, 10)).toBe('01ARYZ6S41');
});

test('ULIDs of one moment differ, and those of later moments sort after them', () => {
  const ulids = new Set(Array.from({ length: 100 }, () => createUlid(time, systemEntropy)));
  const later = createUlid(new Date(time.getTime() + 1), systemEntropy);
  expect(ulids.size).toBe(100);
  expect([...ulids, later].toSorted().at(-1)).toBe(later);
});
