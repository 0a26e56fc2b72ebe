import { weightedControlDigit, weightedSum } from '../control-digit.ts';
import { DropError } from '../errors.ts';
import { birthYear, civilDate } from './national-identity-date.ts';

export const firstControlWeights = [3, 7, 6, 1, 8, 9, 4, 5, 2];
export const secondControlWeights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
export const modulus = 11;
/**
 * The largest remainder modulo 11 that the 2032 rule allows for the first control digit. The 1964 rule allows only 0.
 */
export const firstRemainderMax = 3;
/** Added to the first digit (day) of a D-number. */
export const dNumberDayOffset = 40;
/** Added to the month of a synthetic number by Skatteetaten (Tenor) and by NAV. */
export const monthOffsets = { none: 0, nav: 40, tenor: 80 } as const;

export type NationalIdentityNumberKind = 'birth_number' | 'd_number';

export interface NationalIdentityNumber {
  kind: NationalIdentityNumberKind;
  /**
   * The issuer of the test data. A hospital's H-number has the same form as `nav` (month + 40) and the two cannot be
   * told apart, so code that requires a person in the National Registry must refuse `nav` in every environment.
   */
  synthetic: 'none' | 'tenor' | 'nav';
  /** `2032` when only the rule that applies from 2032 accepts its control digits. */
  scheme: '1964' | '2032';
  /** `YYYY-MM-DD`. */
  birthDate: string;
  /**
   * False for D-numbers, which may contain the day of registration, and under the 2032 scheme, where the individual
   * number no longer determines the century.
   */
  birthDateCertain: boolean;
}

export type NationalIdentityNumberRefusal =
  | 'not_eleven_digits'
  | 'not_from_the_national_registry'
  | 'no_such_date'
  | 'control_digits'
  | 'no_such_century';

export type ParsedNationalIdentityNumber =
  { ok: true; number: NationalIdentityNumber } | { ok: false; reason: NationalIdentityNumberRefusal };

/**
 * Reads a Norwegian national identity number: exactly eleven ASCII digits, `DDMMYY` + individual number + two control
 * digits, under the 1964 rule and under the rule that applies from 2032. FH-numbers (first digit 8 or 9) are refused,
 * because the National Registry does not issue them. The result contains nothing of `input` except the birth date.
 *
 * Source: Skatteetaten, "Nytt fødselsnummer fra 2032"; folkeregisterforskriften § 2-2-1.
 */
export function parseNationalIdentityNumber(input: unknown): ParsedNationalIdentityNumber {
  if (typeof input !== 'string' || !/^[0-9]{11}$/.test(input)) return refused('not_eleven_digits');
  if (/^[89]/.test(input)) return refused('not_from_the_national_registry');
  const scheme = schemeOf(input);
  if (scheme === undefined) return refused('control_digits');
  const { kind, day } = dayOf(input);
  const { synthetic, month } = monthOf(input);
  const year = birthYear(input.slice(4, 6), input.slice(6, 9), scheme);
  if (year === undefined) return refused('no_such_century');
  const birthDate =
    civilDate(year, month, day) ?? (scheme === '2032' ? civilDate(year + 100, month, day) : undefined);
  if (birthDate === undefined) return refused('no_such_date');
  const birthDateCertain = kind === 'birth_number' && scheme === '1964';
  return { ok: true, number: { kind, synthetic, scheme, birthDate, birthDateCertain } };
}

/**
 * Makes a valid number in the form of Tenor (month + 80) for a birth date `YYYY-MM-DD`, 1854–2039: the first individual
 * number from `individualNumber` (0–999) upwards that belongs to the century and has control digits. At most a few
 * consecutive individual numbers have none, so starting points ten apart give people with the same birthday different
 * numbers. Test data only.
 */
export function syntheticNationalIdentityNumber(
  birthDate: string,
  individualNumber = 0,
  kind: NationalIdentityNumberKind = 'birth_number',
): string {
  for (let individual = individualNumber; individual <= 999; individual += 1) {
    const number = withControlDigits(syntheticDigits(birthDate, individual, kind));
    const parsed = parseNationalIdentityNumber(number);
    if (number !== undefined && parsed.ok && parsed.number.birthDate === birthDate) return number;
  }
  throw new DropError('internal_error', {
    message: `${birthDate} has no individual number from ${individualNumber} on`,
  });
}

function syntheticDigits(birthDate: string, individual: number, kind: NationalIdentityNumberKind): string {
  const [year = '', month = '', day = ''] = birthDate.split('-');
  const shownDay = Number(day) + (kind === 'd_number' ? dNumberDayOffset : 0);
  const shownMonth = Number(month) + monthOffsets.tenor;
  return `${twoDigits(shownDay)}${twoDigits(shownMonth)}${year.slice(2)}${String(individual).padStart(3, '0')}`;
}

function withControlDigits(nine: string): string | undefined {
  const first = weightedControlDigit(nine, firstControlWeights);
  const second = first && weightedControlDigit(nine + first, secondControlWeights);
  return second && nine + first + second;
}

function refused(reason: NationalIdentityNumberRefusal): ParsedNationalIdentityNumber {
  return { ok: false, reason };
}

function schemeOf(digits: string): '1964' | '2032' | undefined {
  const first = (weightedSum(digits, firstControlWeights) + Number(digits[9])) % modulus;
  const second = (weightedSum(digits, secondControlWeights) + Number(digits[10])) % modulus;
  if (second !== 0 || first > firstRemainderMax) return undefined;
  return first === 0 ? '1964' : '2032';
}

function dayOf(digits: string): { kind: NationalIdentityNumberKind; day: number } {
  const shown = Number(digits.slice(0, 2));
  if (shown <= dNumberDayOffset) return { kind: 'birth_number', day: shown };
  return { kind: 'd_number', day: shown - dNumberDayOffset };
}

function monthOf(digits: string): { synthetic: 'none' | 'tenor' | 'nav'; month: number } {
  const shown = Number(digits.slice(2, 4));
  if (shown > monthOffsets.tenor) return { synthetic: 'tenor', month: shown - monthOffsets.tenor };
  if (shown > monthOffsets.nav) return { synthetic: 'nav', month: shown - monthOffsets.nav };
  return { synthetic: 'none', month: shown };
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
