import fc from 'fast-check';
import { expect, test } from 'vitest';
import { luhnControlDigit } from '../control-digit.ts';
import { isPlausibleKid, normaliseKid } from './kid.ts';

const bodies = fc.stringMatching(/^\d{1,24}$/).filter((body) => !/^0+$/.test(body));

test.each([
  ['18', 'modulus 10, as short as one may be'],
  ['9876541', 'modulus 10'],
  ['9876545', 'modulus 11'],
  ['234565-', 'modulus 11 written as a hyphen'],
])('%s is plausible by %s', (kid) => {
  expect(isPlausibleKid(kid)).toBe(true);
});

test.each([
  '',
  '1',
  '00',
  '123',
  '-',
  '0000',
  '12345678-',
  '١٢٣٤٥٦٧٨٢',
  '1234561',
  '1234 5674',
  '12-45674',
  '12345674a',
  '1'.repeat(26),
])('"%s" is not plausible', (kid) => {
  expect(isPlausibleKid(kid)).toBe(false);
});

test.each([
  ['invisible characters', '\u202a98 765\u200b41\u202c', '9876541'],
  ['full-width digits', '９８７６５４１', '9876541'],
  ['spaces of every width', '\u00a09876\u202f541\u2009', '9876541'],
  ['a hyphen that breaks no line', '234565\u2011', '234565-'],
  ['a dash', '234565\u2013', '234565-'],
  ['a minus sign', '234565\u2212', '234565-'],
  ['a full-width hyphen', '２３４５６５－', '234565-'],
])('a KID pasted with %s is read', (_case, pasted, kid) => {
  expect(normaliseKid(pasted)).toBe(kid);
  expect(isPlausibleKid(kid)).toBe(true);
});

test.each(['9876541x', '٩٨٧٦٥٤١', '9876541²', '98-76541'])('no character of %j is dropped', (written) => {
  expect(isPlausibleKid(normaliseKid(written))).toBe(false);
});

test('every number with its modulus 10 control digit is plausible', () => {
  fc.assert(
    fc.property(bodies, (body) => {
      expect(isPlausibleKid(`${body}${luhnControlDigit(body)}`)).toBe(true);
    }),
  );
});

test('every number has one or two plausible control characters and no more', () => {
  fc.assert(
    fc.property(bodies, (body) => {
      const plausible = [...'0123456789-'].filter((control) => isPlausibleKid(`${body}${control}`));
      expect(plausible.length).toBeGreaterThanOrEqual(1);
      expect(plausible.length).toBeLessThanOrEqual(2);
    }),
  );
});

test('agrees with both rules as the banks document them', () => {
  fc.assert(
    fc.property(bodies, fc.constantFrom(...'0123456789-'), (body, control) => {
      const isModulus10 = control !== '-' && crossSum(body + control) % 10 === 0;
      const isModulus11 = (weightedSum(body) + (control === '-' ? 10 : Number(control))) % 11 === 0;
      expect(isPlausibleKid(body + control)).toBe(isModulus10 || isModulus11);
    }),
  );
});

/** Every second digit from the right doubled, all their digits added up. */
function crossSum(digits: string): number {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits.at(-1 - place)) * (place % 2 === 0 ? 1 : 2);
    sum += Math.floor(digit / 10) + (digit % 10);
  }
  return sum;
}

/** Weights 2, 3, 4, 5, 6, 7, 2 … from the right. */
function weightedSum(digits: string): number {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1)
    sum += Number(digits.at(-1 - place)) * ((place % 6) + 2);
  return sum;
}
