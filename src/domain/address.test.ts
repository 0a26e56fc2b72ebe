import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressUnder } from './address.ts';

test.each([
  ['https://pay.example', 'https://pay.example/api/health'],
  ['https://pay.example/', 'https://pay.example/api/health'],
  ['https://pay.example//', 'https://pay.example/api/health'],
  ['https://pay.example/drop', 'https://pay.example/drop/api/health'],
  ['https://pay.example/drop/', 'https://pay.example/drop/api/health'],
])('under %s lies %s', (base, address) => {
  expect(addressUnder(base, '/api/health')).toBe(address);
});

test('the number of trailing slashes of the base makes no difference, and the rest of the base is kept', () => {
  const path = fc.array(fc.stringMatching(/^[\w.-]+$/), { maxLength: 3 }).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(path, fc.nat({ max: 9 }), (tail, slashes) => {
      const base = tail === '' ? 'https://pay.example' : `https://pay.example/${tail}`;
      expect(addressUnder(`${base}${'/'.repeat(slashes)}`, '/x')).toBe(`${base}/x`);
    }),
  );
});
