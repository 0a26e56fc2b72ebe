import { describe, expect, test } from 'vitest';
import { formats } from '#domain/formats.ts';
import {
  checkPaymentForm,
  emptyForm,
  faultsWhileFilling,
  paymentOf,
  type PaymentFormValues,
} from '#customer/pay/payment-form-values.ts';
import { enPay } from '#customer/texts/en-pay.ts';
import { nbPay } from '#customer/texts/nb-pay.ts';

const filled: PaymentFormValues = {
  ...emptyForm,
  accountId: 'f8a3c9ae-0a55-4b52-9a1e-0f7ad8a1f7a5',
  accountNumber: '1503 20 80178',
  name: 'Strøm AS',
  amount: '250,00',
};

function check(change: Partial<PaymentFormValues>, texts = nbPay) {
  const values = { ...filled, ...change };
  return checkPaymentForm(values, { texts: texts.errors, format: formats.nb, account: undefined });
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
    expect(check({ text: '5 €' }, enPay)).toEqual({
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
      name: nbPay.errors.nameLong,
      text: nbPay.errors.messageLong(141, 140),
    });
  });
});

describe('a form of a bank with rules of its own', () => {
  const account = {
    accountNumber: '12345678903',
    consentStatus: 'active',
    paymentRules: {
      takesKid: true,
      kidLength: { min: 4, max: 10 },
      textLengthMax: 108,
      textCharacters: '[a-zA-Z0-9 ]',
      takesInstant: false,
      daysAheadMax: 0,
    },
  } as const;
  const checkAt = (change: Partial<PaymentFormValues>, rules: Partial<typeof account.paymentRules> = {}) =>
    checkPaymentForm(
      { ...filled, ...change },
      {
        texts: nbPay.errors,
        format: formats.nb,
        account: { ...account, paymentRules: { ...account.paymentRules, ...rules } },
      },
    );

  test('takes what the bank takes', () => {
    expect(checkAt({ text: 'x'.repeat(108) })).toEqual({});
    expect(checkAt({ referenceKind: 'kid', kid: '9876541' })).toEqual({});
  });

  test('names the longest text that the bank takes', () => {
    expect(checkAt({ text: 'x'.repeat(109) })).toEqual({ text: nbPay.errors.messageLong(109, 108) });
  });

  test('names the characters that this bank does not take, also while it is filled in', () => {
    const text = 'Strøm';
    expect(checkAt({ text })).toEqual({ text: nbPay.errors.notCarried('ø') });
    const values = { ...filled, text };
    expect(faultsWhileFilling(values, { texts: nbPay.errors, account })).toEqual({
      text: nbPay.errors.notCarried('ø'),
    });
  });

  test('refuses a KID where the bank takes none, and one of a length that it does not take', () => {
    const given = { referenceKind: 'kid', kid: '18' } as const;
    expect(checkAt(given)).toEqual({ kid: nbPay.errors.kidWrong });
    const none = { ...account, paymentRules: { ...account.paymentRules, takesKid: false } };
    const checks = { texts: nbPay.errors, format: formats.nb, account: none };
    expect(checkPaymentForm({ ...filled, ...given }, checks)).toEqual({ kid: nbPay.errors.kidNotTaken });
  });
});

describe('a form that is being filled in', () => {
  test('names characters that the bank cannot accept before it is submitted', () => {
    const values = { ...emptyForm, name: 'Łukasz', text: 'Takk 😀' };
    expect(faultsWhileFilling(values, { texts: nbPay.errors, account: undefined })).toEqual({
      name: nbPay.errors.notCarried('Ł'),
      text: nbPay.errors.notCarried('😀'),
    });
  });

  test('does not ask for missing values before it is submitted', () => {
    expect(faultsWhileFilling(emptyForm, { texts: nbPay.errors, account: undefined })).toEqual({});
  });
});
