import { describe, expect, test } from 'vitest';
import { formats } from '#domain/formats.ts';
import {
  checkPaymentForm,
  emptyForm,
  faultsWhileFilling,
  paymentOf,
  type PaymentFormValues,
} from '#customer/pay/payment-form-values.ts';
import { en } from '#customer/texts/en.ts';
import { nb } from '#customer/texts/nb.ts';

const filled: PaymentFormValues = {
  ...emptyForm,
  accountId: 'f8a3c9ae-0a55-4b52-9a1e-0f7ad8a1f7a5',
  accountNumber: '1503 20 80178',
  name: 'Strøm AS',
  amount: '250,00',
};

function check(change: Partial<PaymentFormValues>, { pay } = nb) {
  const values = { ...filled, ...change };
  return checkPaymentForm(values, { texts: pay.errors, format: formats.nb, account: undefined });
}

describe('a form', () => {
  test('is valid, and is sent as intended, whatever formatting was pasted into its fields', () => {
    const pasted: PaymentFormValues = {
      ...filled,
      accountNumber: '\u202a1503 20 80178\u202c',
      name: 'Bla\u030abær\u00a0& “Sønn” ',
      amount: 'NOK\u00a01,250.50',
      referenceKind: 'kid',
      kid: '234565\u2013',
    };
    expect(check(pasted)).toEqual({});
    expect(paymentOf(pasted)).toEqual({
      accountId: filled.accountId,
      amount: { amount: 125_050, currency: 'NOK' },
      creditor: { name: 'Blåbær & "Sønn"', accountNumber: '15032080178' },
      kid: '234565-',
    });
  });

  test("names the characters that the bank cannot accept, in the customer's language", () => {
    expect(check({ name: 'Łukasz', text: 'Takk 😀👨‍👩‍👧' })).toEqual({
      name: 'Banken kan ikke ta imot disse tegnene: Ł. Fjern dem eller skriv noe annet',
      text: 'Banken kan ikke ta imot disse tegnene: 😀 👨‍👩‍👧. Fjern dem eller skriv noe annet',
    });
    expect(check({ text: '5 €' }, en)).toEqual({
      text: 'The bank cannot accept these characters: €. Remove or replace them',
    });
  });

  test('names the fields that contain invisible characters', () => {
    expect(check({ name: 'Kari\u202eirak', text: 'Takk\u0000' })).toEqual({
      name: 'Teksten har usynlige tegn. Slett den og skriv den på nytt',
      text: 'Teksten har usynlige tegn. Slett den og skriv den på nytt',
    });
  });

  test('counts characters as the bank does', () => {
    expect(check({ name: 'o\u0308'.repeat(70), text: `${'a\u030a'.repeat(140)}  ` })).toEqual({});
    expect(check({ name: 'ö'.repeat(71), text: 'å'.repeat(141) })).toEqual({
      name: nb.pay.errors.nameLong,
      text: nb.pay.errors.messageLong(141),
    });
  });
});

describe('a form that is being filled in', () => {
  test('names characters that the bank cannot accept before it is submitted', () => {
    const values = { ...emptyForm, name: 'Łukasz', text: 'Takk 😀' };
    expect(faultsWhileFilling(values, nb.pay.errors)).toEqual({
      name: nb.pay.errors.notCarried('Ł'),
      text: nb.pay.errors.notCarried('😀'),
    });
  });

  test('does not ask for missing values before it is submitted', () => {
    expect(faultsWhileFilling(emptyForm, nb.pay.errors)).toEqual({});
  });
});
