import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPlausibleKid } from './kid.ts';

describe('isPlausibleKid', () => {
  test.each([
    ['modulus 10', '2345676'],
    ['modulus 10', '123456782'],
    ['modulus 11', '123456785'],
    ['modulus 11 with its control character 10', '12345678901-'],
    ['four characters', '1230'],
    ['25 characters', '1234567890123456789012344'],
  ])('takes a KID by %s (%s)', (_rule, kid) => {
    expect(isPlausibleKid(kid)).toBe(true);
  });

  test.each([
    ['a control digit of neither rule', '123456780'],
    ['three characters', '018'],
    ['26 characters', '12345678901234567890123456'],
    ['a hyphen that the rule does not give', '12345678-'],
    ['a hyphen elsewhere', '1234-5678'],
    ['a letter', '12345678A'],
    ['spaces', '1234 5678 2'],
    ['only zeros', '0000'],
    ['digits of another script', '١٢٣٤٥٦٧٨٢'],
    ['nothing', ''],
  ])('refuses %s', (_case, kid) => {
    expect(isPlausibleKid(kid)).toBe(false);
  });

  test('has one or two control characters for any number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9]\d{2,23}$/), (body) => {
        const plausible = [...'0123456789-'].filter((control) => isPlausibleKid(body + control));
        expect([1, 2]).toContain(plausible.length);
      }),
    );
  });

  test('agrees with the two rules as they are written down', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[1-9]\d{2,23}$/),
        fc.constantFrom(...'0123456789-'),
        (body, control) => {
          const value = control === '-' ? 10 : Number(control);
          const isRight =
            (control !== '-' && luhnSum(body + control) % 10 === 0) || (sum11(body) + value) % 11 === 0;
          expect(isPlausibleKid(body + control)).toBe(isRight);
        },
      ),
    );
  });
});

/** Every second digit from the right doubled, cross sums added up. */
function luhnSum(digits: string): number {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits.at(-1 - place));
    sum += place % 2 === 0 ? digit : Math.floor((2 * digit) / 10) + ((2 * digit) % 10);
  }
  return sum;
}

/** Weights 2, 3, 4, 5, 6, 7, 2 … from the right. */
function sum11(digits: string): number {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1)
    sum += Number(digits.at(-1 - place)) * ((place % 6) + 2);
  return sum;
}
