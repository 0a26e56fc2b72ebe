import fc from 'fast-check';
import { expect, test } from 'vitest';
import { luhnControlDigit } from './control-digit.ts';
import { isPlausibleKid } from './kid.ts';

const bodies = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 3, maxLength: 24 });

test.each([
  ['9876541', 'modulus 10'],
  ['9876545', 'modulus 11'],
  ['234565-', 'modulus 11 written as a hyphen'],
])('%s is plausible by %s', (kid) => {
  expect(isPlausibleKid(kid)).toBe(true);
});

test.each(['', '123', '-', '1234561', '1234 5674', '12-45674', '12345674a', '1'.repeat(26)])(
  '"%s" is not plausible',
  (kid) => {
    expect(isPlausibleKid(kid)).toBe(false);
  },
);

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
