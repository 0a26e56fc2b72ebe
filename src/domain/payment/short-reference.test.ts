import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idEndingOf, shortReferenceOf } from './short-reference.ts';

test('a short reference is two groups of four signs', () => {
  expect(shortReferenceOf('019add00-1234-7abc-8def-0123456789ab')).toBe('4D2P-F2DB');
  expect(shortReferenceOf('019add00-1234-7abc-8def-000000000000')).toBe('0000-0000');
  expect(shortReferenceOf('019add00-1234-7abc-8def-ffffffffffff')).toBe('ZZZZ-ZZZZ');
});

test('it leads back to the end of every id, in any case and grouping', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      const reference = shortReferenceOf(id);
      for (const written of [reference, reference.toLowerCase(), ` ${reference.replace('-', ' ')} `])
        expect(idEndingOf(written)).toBe(id.slice(-10));
    }),
  );
});

test('a letter that looks like a digit is read as the digit', () => {
  expect(idEndingOf('oO00-iIlL')).toBe(idEndingOf('0000-1111'));
});

test.each(['', '8NK6-F2D', '8NK6-F2DBB', '8NK6-F2DU', '8NK6-F2D!', 'æøå-8NK6F'])(
  '%j is no short reference',
  (written) => {
    expect(idEndingOf(written)).toBeUndefined();
  },
);
