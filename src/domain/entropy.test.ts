import { expect, test } from 'vitest';
import { systemEntropy } from './entropy.ts';

const thousand = <Drawn>(draw: () => Drawn): Drawn[] => Array.from({ length: 1_000 }, () => draw());

test('an id is a UUID, and another one each time', () => {
  const ids = thousand(systemEntropy.uuid);
  expect(new Set(ids).size).toBe(1_000);
  for (const id of ids)
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-[47][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

test('a token has 256 bits, and is another one each time', () => {
  const tokens = thousand(systemEntropy.token);
  expect(new Set(tokens).size).toBe(1_000);
  for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
});

test('a fraction is from 0 up to but not including 1, and spread over the range', () => {
  const fractions = thousand(systemEntropy.fraction);
  expect(Math.min(...fractions)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...fractions)).toBeLessThan(1);
  expect(new Set(fractions.map((fraction) => Math.floor(fraction * 4))).size).toBe(4);
});
