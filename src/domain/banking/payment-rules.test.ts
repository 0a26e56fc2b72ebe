import { expect, test } from 'vitest';
import type { RemittanceInformation } from '../payment/order.ts';
import { remittanceFault, usualPaymentRules, type PaymentRules } from './payment-rules.ts';

const kid = (digits: string): RemittanceInformation => ({ kind: 'kid', kid: digits });
const text = (written: string): RemittanceInformation => ({ kind: 'text', text: written });
const faultAt = (remittance: RemittanceInformation, rules: Partial<PaymentRules> = {}) =>
  remittanceFault(remittance, { ...usualPaymentRules, ...rules });

test.each([
  ['a KID', kid('9876541'), {}],
  ['a KID as short as it takes', kid('1234'), { kidLength: { min: 4, max: 25 } }],
  ['a text as long as it takes', text('å'.repeat(108)), { textLengthMax: 108 }],
  ['a text of its characters', text('Strom 11'), { textCharacters: '[a-zA-Z0-9 ]' }],
  ['neither', { kind: 'none' } as const, { takesKid: false }],
])('a bank takes %s', (_what, remittance, rules) => {
  expect(faultAt(remittance, rules)).toBeUndefined();
});

test('a bank that takes no KID refuses each', () => {
  expect(faultAt(kid('9876541'), { takesKid: false })).toEqual({ kind: 'kid_not_taken' });
});

test.each([
  ['shorter', kid('18'), { min: 4, max: 25 }],
  ['longer', kid('9876541'), { min: 2, max: 6 }],
])('a KID that is %s than a bank takes is refused', (_how, remittance, kidLength) => {
  const fault = { field: 'kid', message: 'payment_kid_invalid' };
  expect(faultAt(remittance, { kidLength })).toEqual({ kind: 'field', fault });
});

test('a text that is longer than a bank takes is refused with its limit', () => {
  const fault = { field: 'text', message: 'text_too_long', lengthMax: 108 };
  expect(faultAt(text('å'.repeat(109)), { textLengthMax: 108 })).toEqual({ kind: 'field', fault });
});

test('characters that a bank does not take are named, before the length', () => {
  const rules = { textCharacters: '[a-zA-Z0-9 ]', textLengthMax: 3 };
  const fault = { field: 'text', message: 'characters_not_carried', characters: ['ø', '–'] };
  expect(faultAt(text('Strøm – 11'), rules)).toEqual({ kind: 'field', fault });
});

test.each(['(a+)+$', '[z-a]', '^.*$', '[a'])(
  '%s is no class, and the usual characters hold',
  (textCharacters) => {
    expect(faultAt(text('Strøm'), { textCharacters })).toBeUndefined();
    expect(faultAt(text('😀'), { textCharacters })).toMatchObject({ kind: 'field' });
  },
);
