import { birthYear, civilDate } from './national-identity-date.ts';
import {
  dNumberDayOffset,
  firstControlWeights,
  firstRemainderMax,
  modulus,
  monthOffsets,
  secondControlWeights,
} from './national-identity-number.ts';
import { weightedSum } from '../control-digit.ts';

export interface Enumeration {
  /** The last two digits of the year of birth. From 2032 on, a number does not determine the century. */
  twoDigitYear: number;
  /** `2032` for the numbers that only the 2032 rule accepts. */
  scheme: '1964' | '2032';
  synthetic: 'none' | 'tenor';
}

/**
 * Every valid national identity number of a year of birth, scheme and kind of test data: birth numbers and D-numbers
 * for every day of the year. A year has about 2.4 million, two thirds of them under the 2032 rule.
 *
 * With this list, hashes made without a key can be reversed by trying every number. This is why Drop uses a key.
 */
export function* nationalIdentityNumbers({
  twoDigitYear,
  scheme,
  synthetic,
}: Enumeration): Generator<string, void, undefined> {
  const year = twoDigits(twoDigitYear);
  for (let month = 1; month <= 12; month += 1) {
    for (let day = 1; day <= 31; day += 1) {
      for (const dayOffset of [0, dNumberDayOffset]) {
        const beginning = `${twoDigits(day + dayOffset)}${twoDigits(month + monthOffsets[synthetic])}${year}`;
        yield* nationalIdentityNumbersOf(beginning, { day, month, scheme });
      }
    }
  }
}

/** The numbers that begin with the six digits `beginning`, which encode `day` and `month` in any century. */
export function* nationalIdentityNumbersOf(
  beginning: string,
  { day, month, scheme }: { day: number; month: number; scheme: '1964' | '2032' },
): Generator<string, void, undefined> {
  const exists = daysOfYears(day, month);
  for (let individual = 0; individual <= 999; individual += 1) {
    const digits = String(individual).padStart(3, '0');
    const year = birthYear(beginning.slice(4), digits, scheme);
    if (year === undefined) continue;
    if (exists(year) || (scheme === '2032' && exists(year + 100)))
      yield* withControlDigits(beginning + digits, scheme);
  }
}

function daysOfYears(day: number, month: number): (year: number) => boolean {
  const known = new Map<number, boolean>();
  return (year) => {
    const found = known.get(year) ?? civilDate(year, month, day) !== undefined;
    known.set(year, found);
    return found;
  };
}

function* withControlDigits(nine: string, scheme: '1964' | '2032'): Generator<string, void, undefined> {
  const sum = weightedSum(nine, firstControlWeights);
  const [least, most] = scheme === '1964' ? [0, 0] : [1, firstRemainderMax];
  const secondSum = weightedSum(nine, secondControlWeights.slice(0, nine.length));
  const [lastWeight = 0] = secondControlWeights.slice(nine.length);
  for (let first = 0; first <= 9; first += 1) {
    const remainder = (sum + first) % modulus;
    if (remainder < least || remainder > most) continue;
    const second = (modulus - ((secondSum + lastWeight * first) % modulus)) % modulus;
    if (second <= 9) yield `${nine}${first}${second}`;
  }
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
