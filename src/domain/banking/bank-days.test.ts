import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bankDayFrom, dayAfter, easterSunday, isBankDay, isHoliday } from './bank-days.ts';

const years = fc.integer({ min: 1900, max: 2199 });
const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();

/** The paschal full moons of 1900–2199 by golden number, from the table of the Book of Common Prayer (1662). */
const fullMoons = [
  ...['04-14', '04-03', '03-23', '04-11', '03-31', '04-18', '04-08', '03-28', '04-16', '04-05'],
  ...['03-25', '04-13', '04-02', '03-22', '04-10', '03-30', '04-17', '04-07', '03-27'],
];

/** The Sunday after the full moon: the definition, computed without the algorithm. */
function easterByTable(year: number): string {
  let day = dayAfter(`${year}-${fullMoons[year % 19]}`);
  while (weekdayOf(day) !== 0) day = dayAfter(day);
  return day;
}

test('Easter is the Sunday after the paschal full moon', () => {
  fc.assert(
    fc.property(years, (year) => {
      expect(easterSunday(year)).toBe(easterByTable(year));
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['2024-03-31', 2024],
  ['2025-04-20', 2025],
  ['2026-04-05', 2026],
  ['2027-03-28', 2027],
  ['2038-04-25', 2038],
])('Easter Sunday is %s in %i', (day, year) => {
  expect(easterSunday(year)).toBe(day);
});

/** Public holidays of 2027 as calendars print them, Sundays aside. */
const holidays2027 = [
  ['2027-01-01', 'New Year’s Day'],
  ['2027-03-25', 'Maundy Thursday'],
  ['2027-03-26', 'Good Friday'],
  ['2027-03-29', 'Easter Monday'],
  ['2027-05-01', 'Labour Day'],
  ['2027-05-06', 'Ascension'],
  ['2027-05-17', 'Whit Monday and Constitution Day at once'],
  ['2027-12-25', 'Christmas Day'],
  ['2027-12-26', 'Boxing Day'],
] as const;

test.each(holidays2027)('%s, %s, is a holiday', (day) => {
  expect(isHoliday(day)).toBe(true);
});

test('2027 has no other holiday', () => {
  const days = Array.from({ length: 365 }, (_, index) => dayAfter('2027-01-01', index));
  expect(days.filter(isHoliday)).toEqual(holidays2027.map(([day]) => day));
});

test('a bank day is from Monday to Friday and no holiday', () => {
  fc.assert(
    fc.property(years, fc.integer({ min: 0, max: 364 }), (year, index) => {
      const day = dayAfter(`${year}-01-01`, index);
      const isWeekend = [0, 6].includes(weekdayOf(day));
      expect(isBankDay(day)).toBe(!isWeekend && !isHoliday(day));
    }),
  );
});

test('the next bank day is at most five days ahead, and none is left out', () => {
  fc.assert(
    fc.property(years, fc.integer({ min: 0, max: 364 }), (year, index) => {
      const day = dayAfter(`${year}-01-01`, index);
      const next = bankDayFrom(day);
      const skipped = Array.from({ length: 9 }, (_, ahead) => dayAfter(day, ahead)).filter(
        (each) => each < next,
      );
      expect(isBankDay(next)).toBe(true);
      expect(skipped.some(isBankDay)).toBe(false);
      expect(skipped.length).toBeLessThanOrEqual(5);
    }),
  );
});

test('Easter of 2027 has five days without settlement', () => {
  expect(bankDayFrom('2027-03-25')).toBe('2027-03-30');
});
