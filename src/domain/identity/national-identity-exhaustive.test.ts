import { idnr } from '@navikt/fnrvalidator';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseNationalIdentityNumber } from './national-identity-number.ts';

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** The first six digits of numbers of every kind, including days that do not exist. */
const beginnings = fc.record({
  day: fc.integer({ min: 0, max: 33 }),
  month: fc.integer({ min: 0, max: 13 }),
  year: fc.integer({ min: 0, max: 99 }),
  dayOffset: fc.constantFrom(0, 40),
  monthOffset: fc.constantFrom(0, 40, 80),
});

/** The table as printed in the regulation: folkeregisterforskriften § 2-2-1. */
function centuryOf(individual: number, year: number): number | undefined {
  if (individual <= 499) return 1900;
  if (individual <= 749 && year >= 54) return 1800;
  if (individual >= 900 && year >= 40) return 1900;
  return year <= 39 ? 2000 : undefined;
}

/** All 100,000 numbers that begin with the six digits. */
function* numbersFrom(beginning: string): Generator<string> {
  for (let rest = 0; rest < 100_000; rest += 1) yield beginning + String(rest).padStart(5, '0');
}

it('agrees with NAV’s validator on two million numbers, except for dates that do not exist', () => {
  let compared = 0;
  fc.assert(
    fc.property(beginnings, ({ day, month, year, dayOffset, monthOffset }) => {
      const beginning = `${twoDigits(day + dayOffset)}${twoDigits(month + monthOffset)}${twoDigits(year)}`;
      const synthetic = ({ 0: 'none', 40: 'nav', 80: 'tenor' } as const)[monthOffset];
      const differing = [];
      for (const number of numbersFrom(beginning)) {
        compared += 1;
        const ours = parseNationalIdentityNumber(number);
        if (ours.ok !== (idnr(number).status === 'valid')) differing.push({ number, ours });
        if (!ours.ok) continue;
        const { birthDate, kind, birthDateCertain, scheme } = ours.number;
        const isAsItSays =
          birthDate.slice(2) === `${twoDigits(year)}-${twoDigits(month)}-${twoDigits(day)}` &&
          kind === (dayOffset === 40 ? 'd_number' : 'birth_number') &&
          ours.number.synthetic === synthetic &&
          birthDateCertain === (kind === 'birth_number' && scheme === '1964') &&
          (scheme === '2032' ||
            Number(birthDate.slice(0, 4)) === (centuryOf(Number(number.slice(6, 9)), year) ?? 0) + year);
        if (!isAsItSays) differing.push({ number, ours });
      }
      // NAV's validator ignores the century, so it accepts a pair that was never issued, and 29 February 1900.
      const unexplained = differing.filter(({ number, ours }) => {
        if (ours.ok) return true;
        if (ours.reason === 'no_such_century')
          return centuryOf(Number(number.slice(6, 9)), year) !== undefined;
        return !(ours.reason === 'no_such_date' && day === 29 && month === 2);
      });
      expect(unexplained).toEqual([]);
    }),
    { numRuns: 20 },
  );
  expect(compared).toBe(2_000_000);
});
