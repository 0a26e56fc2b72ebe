import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatAccountNumber,
  ibanFromAccountNumber,
  isAccountNumber,
} from '#domain/banking/account-number.ts';
import { isPlausibleKid } from '#domain/banking/kid.ts';
import { maximumPaymentOere } from '#domain/money.ts';
import { writeAmount } from '#customer/pay/amount-text.ts';
import { readInvoice } from '#customer/pay/invoice-text.ts';

const account = '15032080178';
const whole = { accountNumber: account, kid: '2345676', oere: 125_050, dueDay: '2026-12-14' };

describe('an invoice is read', () => {
  test('with each value on the line of its label', () => {
    const text =
      'Strømselskapet AS\nFaktura 2026-117\nKID: 2345676\nKontonummer: 1503.20.80178\n' +
      'Forfallsdato 14.12.2026\nMva 250,10\nSum å betale: kr 1 250,50';
    expect(readInvoice(text)).toEqual(whole);
  });

  test('with each value on the line after its label', () => {
    const text = 'Til konto\n1503 20 80178\nKID-nummer\n2345676\nÅ betale\n1.250,50\nForfall\n14.12.26';
    expect(readInvoice(text)).toEqual(whole);
  });

  test('in English, with an IBAN', () => {
    const text = `Amount due NOK 1,250.50\nDue date: 2026-12-14\nKID 2345676\nIBAN ${ibanFromAccountNumber(account)}`;
    expect(readInvoice(text)).toEqual(whole);
  });

  test('as one account number alone', () => {
    expect(readInvoice(' 1503 20 80178 ')).toEqual({ accountNumber: account });
  });

  test('with all values on one line', () => {
    const text = 'Beløp 1 250,50 KID 2345676 konto 15032080178 forfall 14.12.2026';
    expect(readInvoice(text)).toEqual(whole);
  });
});

describe('no value is taken', () => {
  test('from an eleven-digit number beside another label', () => {
    expect(readInvoice('Fødselsnummer 15032080178\nTakk for handelen')).toEqual({});
  });

  test('from the account that is paid from', () => {
    expect(readInvoice('Fra konto 15032080178\nTakk for handelen')).toEqual({});
  });

  test('from two accounts that differ', () => {
    expect(readInvoice('Konto 15032080178\nKonto 15032080119')).toEqual({});
  });

  test('from numbers with a wrong control digit', () => {
    expect(readInvoice('Konto 15032080179\nKID 2345678')).toEqual({});
  });

  test('from the beginning of a longer number', () => {
    expect(readInvoice('Konto 150320801780\nKID 2345676 2345676 2345676 2345676 2345676')).toEqual({});
  });

  test('from an amount that can mean two things, or a day that does not exist', () => {
    expect(readInvoice('Å betale 1.250\nForfall 31.02.2027')).toEqual({});
  });

  test.each(['Å betale 100 EUR', 'Å betale €100', 'Å betale USD 100', 'Sum 25 %', 'Å betale 100x'])(
    'from an amount that is not in kroner: %s',
    (text) => {
      expect(readInvoice(text)).toEqual({});
    },
  );

  test('from a number that is displayed in another order than it is read', () => {
    expect(readInvoice('Å betale 1\u202e052')).toEqual({});
  });
});

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));

test('what was written is read back, whatever surrounds it', () => {
  const accounts = digits(10)
    .map((body) => [...'0123456789'].map((control) => body + control).find(isAccountNumber))
    .filter((number) => number !== undefined);
  const kids = fc.stringMatching(/^[1-9]\d{1,23}$/).filter(isPlausibleKid);
  const amounts = fc.integer({ min: 1, max: maximumPaymentOere });
  const words = fc.stringMatching(/^[a-z ]{0,20}$/).map((text) => text.replace(/[kfsbtadp]/g, 'x'));
  const invoices = fc.tuple(accounts, kids, amounts, words);
  fc.assert(
    fc.property(invoices, ([accountNumber, kid, oere, other]) => {
      const text = [
        other,
        `Kontonr. ${formatAccountNumber(accountNumber)}`,
        `KID ${kid} ${other}`,
        `Beløp å betale ${writeAmount(oere, 'nb')}`,
      ].join('\n');
      expect(readInvoice(text)).toEqual({ accountNumber, kid, oere });
    }),
  );
});

test('no text breaks it, and every number that it takes is a valid one', () => {
  const pieces = fc.constantFrom(
    'konto',
    'KID',
    'å betale',
    'forfall',
    ':',
    '\n',
    ' ',
    '-',
    '.',
    '1503',
    '9',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, digits(11), fc.string())), (parts) => {
      const { accountNumber, kid, oere, dueDay } = readInvoice(parts.join(''));
      expect(accountNumber === undefined || isAccountNumber(accountNumber)).toBe(true);
      expect(kid === undefined || isPlausibleKid(kid)).toBe(true);
      expect(oere === undefined || (oere > 0 && oere <= maximumPaymentOere)).toBe(true);
      expect(dueDay === undefined || /^20\d\d-\d\d-\d\d$/.test(dueDay)).toBe(true);
    }),
  );
});
