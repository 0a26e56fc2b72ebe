import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nationalIdentityNumbers, nationalIdentityNumbersOf } from './national-identity-enumeration.ts';
import { parseNationalIdentityNumber } from './national-identity-number.ts';

const schemes = ['1964', '2032'] as const;
const kinds = [
  { synthetic: 'none', offset: 0 },
  { synthetic: 'tenor', offset: 80 },
] as const;

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** The first six digits of a number. */
const beginnings = fc
  .record({
    day: fc.integer({ min: 1, max: 31 }),
    month: fc.integer({ min: 1, max: 12 }),
    year: fc.integer({ min: 0, max: 99 }),
    dayOffset: fc.constantFrom(0, 40),
    kind: fc.constantFrom(...kinds),
  })
  .map(({ day, month, year, dayOffset, kind }) => ({
    day,
    month,
    kind,
    digits: `${twoDigits(day + dayOffset)}${twoDigits(month + kind.offset)}${twoDigits(year)}`,
  }));

describe('nationalIdentityNumbersOf', () => {
  it('yields only valid numbers of the requested scheme and kind, without duplicates', () => {
    fc.assert(
      fc.property(beginnings, fc.constantFrom(...schemes), ({ digits, kind, ...date }, scheme) => {
        const numbers = [...nationalIdentityNumbersOf(digits, { ...date, scheme })];
        expect(new Set(numbers).size).toBe(numbers.length);
        return numbers.every((number) => {
          const parsed = parseNationalIdentityNumber(number);
          return parsed.ok && parsed.number.scheme === scheme && parsed.number.synthetic === kind.synthetic;
        });
      }),
      { numRuns: 50 },
    );
  });

  it('yields every valid number that begins with the six digits', () => {
    fc.assert(
      fc.property(beginnings, fc.integer({ min: 0, max: 999 }), ({ digits, day, month }, individual) => {
        const yielded = new Set(
          schemes.flatMap((scheme) => [...nationalIdentityNumbersOf(digits, { day, month, scheme })]),
        );
        const nine = `${digits}${String(individual).padStart(3, '0')}`;
        for (let control = 0; control <= 99; control += 1) {
          const number = `${nine}${twoDigits(control)}`;
          expect(yielded.has(number)).toBe(parseNationalIdentityNumber(number).ok);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('nationalIdentityNumbers', () => {
  it('yields birth numbers and D-numbers for every day of the year', () => {
    const expected = new Set<string>();
    for (let day = new Date(Date.UTC(2000, 0, 1)); day.getUTCFullYear() === 2000;) {
      const [, month = '', date = ''] = day.toISOString().slice(0, 10).split('-');
      expected.add(`${date}${month}00`).add(`${twoDigits(Number(date) + 40)}${month}00`);
      day = new Date(day.getTime() + 86_400_000);
    }
    const found = new Set<string>();
    for (const number of nationalIdentityNumbers({ twoDigitYear: 0, scheme: '1964', synthetic: 'none' }))
      found.add(number.slice(0, 6));
    expect(found).toEqual(expected);
  });
});
