import { idnr } from '@navikt/fnrvalidator';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNationalIdentityNumber, syntheticNationalIdentityNumber } from './national-identity-number.ts';

/** Appends control digits that leave `firstRemainder` modulo 11; undefined when there are none. */
function withControlDigits(nine: string, firstRemainder = 0): string | undefined {
  for (let first = 0; first <= 9; first += 1) {
    const sum = [3, 7, 6, 1, 8, 9, 4, 5, 2].reduce(
      (total, weight, at) => total + weight * Number(nine[at]),
      0,
    );
    if ((sum + first) % 11 !== firstRemainder) continue;
    const ten = `${nine}${first}`;
    const second = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2].reduce(
      (total, weight, at) => total + weight * Number(ten[at]),
      0,
    );
    if (second % 11 !== 1) return `${ten}${(11 - (second % 11)) % 11}`;
  }
  return undefined;
}

function parsed(number: string | undefined) {
  const result = parseNationalIdentityNumber(number);
  return result.ok ? result.number : result.reason;
}

/** Digits that form a plausible date: most random digits would be refused for their month. */
const plausibleNine = fc
  .record({
    day: fc.integer({ min: 0, max: 99 }),
    month: fc.integer({ min: 0, max: 99 }),
    year: fc.integer({ min: 0, max: 99 }),
    individual: fc.integer({ min: 0, max: 999 }),
  })
  .map(({ day, month, year, individual }) =>
    [
      String(day).padStart(2, '0'),
      String(month).padStart(2, '0'),
      String(year).padStart(2, '0'),
      String(individual).padStart(3, '0'),
    ].join(''),
  );

describe('parseNationalIdentityNumber', () => {
  it('accepts Skatteetaten’s examples of the 2032 rule', () => {
    expect(parsed('02013299997')).toMatchObject({ birthDate: '2032-01-02' });
    expect(parsed('30108299939')).toMatchObject({
      scheme: '2032',
      birthDate: '1982-10-30',
      birthDateCertain: false,
    });
    expect(parsed('30108299920')).toMatchObject({ birthDate: '1982-10-30' });
  });

  it.each([
    ['010154500', '1854-01-01'],
    ['311299748', '1899-12-31'],
    ['010100001', '1900-01-01'],
    ['311299499', '1999-12-31'],
    ['010140902', '1940-01-01'],
    ['311299998', '1999-12-31'],
    ['010100500', '2000-01-01'],
    ['311239998', '2039-12-31'],
    ['290200501', '2000-02-29'],
  ])('reads the century of %s from the individual number', (nine, birthDate) => {
    const number = withControlDigits(nine);
    expect(number).toBeDefined();
    expect(parsed(number)).toMatchObject({ birthDate, birthDateCertain: true, scheme: '1964' });
  });

  it('refuses a pair of year and individual number that the 1964 rule never issued', () => {
    expect(parsed(withControlDigits('010145602'))).toBe('no_such_century');
  });

  it('knows that 1900 had no 29 February', () => {
    expect(parsed(withControlDigits('290200001'))).toBe('no_such_date');
  });

  it('subtracts 40 from the day of a D-number and marks its birth date as uncertain', () => {
    const number = withControlDigits('410180002');
    expect(parsed(number)).toMatchObject({
      kind: 'd_number',
      birthDate: '1980-01-01',
      birthDateCertain: false,
    });
  });

  it('recognises synthetic numbers of Skatteetaten and of NAV by the month', () => {
    expect(parsed(withControlDigits('018180003'))).toMatchObject({
      synthetic: 'tenor',
      birthDate: '1980-01-01',
    });
    expect(parsed(withControlDigits('014180001'))).toMatchObject({
      synthetic: 'nav',
      birthDate: '1980-01-01',
    });
    expect(parsed(withControlDigits('418180000'))).toMatchObject({ kind: 'd_number', synthetic: 'tenor' });
  });

  it('refuses FH-numbers, which begin with 8 or 9', () => {
    expect(parsed(withControlDigits('810180001'))).toBe('not_from_the_national_registry');
    expect(parsed(withControlDigits('910180001'))).toBe('not_from_the_national_registry');
  });

  it.each([
    ['ten digits', '0181800034'],
    ['twelve digits', '018180003456'],
    ['spaces', '018180 00345'],
    ['a line break after it', '01818000345\n'],
    ['Arabic digits', '٠١٨١٨٠٠٠٣٤٥'],
    ['full-width digits', '０１８１８０００３４５'],
    ['a number', 1818000345],
    ['a list', ['01818000345']],
    ['nothing', undefined],
  ])('refuses %s', (_, input) => {
    expect(parseNationalIdentityNumber(input)).toEqual({ ok: false, reason: 'not_eleven_digits' });
  });

  it('refuses every other last digit of a valid number', () => {
    const number = withControlDigits('018180003') ?? '';
    for (let digit = 0; digit <= 9; digit += 1) {
      const changed = `${number.slice(0, 10)}${digit}`;
      expect(parseNationalIdentityNumber(changed).ok).toBe(changed === number);
    }
  });

  it('agrees with NAV’s validator, except for centuries that were never issued and FH-numbers', () => {
    fc.assert(
      fc.property(plausibleNine, fc.integer({ min: 0, max: 10 }), (nine, remainder) => {
        const number = withControlDigits(nine, remainder);
        fc.pre(number !== undefined);
        const theirs = idnr(number ?? '').status === 'valid';
        const ours = parseNationalIdentityNumber(number);
        if (ours.ok || !theirs) return ours.ok === theirs;
        return (
          ours.reason === 'no_such_century' || (ours.reason === 'no_such_date' && nine.slice(4, 6) === '00')
        );
      }),
      { numRuns: 20_000 },
    );
  });

  it('agrees with NAV’s validator on eleven digits of any kind', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{11}$/), (number) => {
        return idnr(number).status === 'valid' || !parseNationalIdentityNumber(number).ok;
      }),
      { numRuns: 20_000 },
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (input) => typeof parseNationalIdentityNumber(input).ok === 'boolean'),
    );
  });
});

describe('syntheticNationalIdentityNumber', () => {
  const birthDates = fc
    .date({
      min: new Date('1854-01-01T00:00:00Z'),
      max: new Date('2039-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString().slice(0, 10));

  it('makes numbers that parse back to the date, the kind and Tenor', () => {
    fc.assert(
      fc.property(
        birthDates,
        fc.constantFrom('birth_number' as const, 'd_number' as const),
        (birthDate, kind) => {
          const number = syntheticNationalIdentityNumber(birthDate, 0, kind);
          expect(parsed(number)).toMatchObject({ birthDate, kind, synthetic: 'tenor', scheme: '1964' });
        },
      ),
    );
  });

  it('gives people with the same birthday different numbers', () => {
    const numbers = [0, 10, 20, 30, 40].map((start) => syntheticNationalIdentityNumber('1990-05-17', start));
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('throws when no individual number is left in the century', () => {
    expect(() => syntheticNationalIdentityNumber('1900-01-01', 500)).toThrow(/no individual number from 500/);
  });
});
