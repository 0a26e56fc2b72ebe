import { describe, expect, test } from 'vitest';
import { differencesOf } from '#domain/payment/order.ts';
import { chooseBalance } from './balances.ts';
import { fixture } from './fixture.ts';
import { toAccount, toBank, toPage, toPaymentReport } from './map.ts';
import { accountsSchema, balancesSchema, banksSchema, linksSchema, paymentSchema } from './wire.ts';

const payment = fixture('payment') as object;
const report = (change: object) => toPaymentReport(paymentSchema.parse({ ...payment, ...change }));

describe('the status of a payment', () => {
  test.each([
    ['RCVD', 'awaiting_authorisation'],
    ['PATC', 'awaiting_authorisation'],
    ['NAUT', 'awaiting_authorisation'],
    ['ACTC', 'authorised'],
    ['ACCP', 'authorised'],
    ['ACFC', 'authorised'],
    ['ACWC', 'authorised'],
    ['ACSP', 'processing'],
    ['ACWP', 'processing'],
    ['PRSY', 'processing'],
    ['ACSC', 'settled'],
    ['ACCC', 'settled'],
    ['RJCT', 'rejected'],
    ['CANC', 'cancelled'],
  ])('%s is %s', (status, expected) => {
    expect(report({ status })).toMatchObject({ status: expected, wireStatus: status });
  });

  test.each(['NONTRACKABLE', 'PDNG', 'TELEPORTED'])('%s moves nothing', (status) => {
    expect(report({ status })).toMatchObject({ status: 'unknown', wireStatus: status });
  });

  test('only ACCC says that the creditor was credited', () => {
    expect(['ACSC', 'ACCC'].map((status) => report({ status }).creditorCredited)).toEqual([false, true]);
  });
});

describe('the order of a payment', () => {
  const approved = {
    id: '0f8fad5b-d9cb-469f-a165-70867728950e',
    money: { amount: 12_550, currency: 'NOK' },
    debtorAccountNumber: '12345678903',
    creditorName: 'Nordlys Strøm AS',
    creditorAccountNumber: '95360573002',
    remittance: { kind: 'text', text: 'Faktura 42' },
    execution: { kind: 'normal' },
  } as const;

  test('is the one that was approved', () => {
    expect(differencesOf(approved, report({}).order)).toEqual([]);
  });

  test.each([
    ['amount', { instrumentedAmount: '125.51' }],
    ['amount', { currency: 'EUR' }],
    ['creditorAccountNumber', { creditorAccount: { bban: '86011117947' } }],
    ['creditorAccountNumber', { creditorAccount: { iban: 'SE4550000000058398257466' } }],
    ['creditorAccountNumber', { creditorAccount: { iban: 'NO0995360573002', bban: '86011117947' } }],
    ['debtorAccountNumber', { debtorAccount: { bban: '86011117947' } }],
    ['debtorAccountNumber', { debtorAccount: { iban: 'SE4550000000058398257466' } }],
    ['text', { remittanceInformationUnstructured: 'Faktura 43' }],
    ['kid', { remittanceInformationStructured: { reference: '1234567897' } }],
    ['instant', { type: 'instant-domestic-transfer' }],
  ])('differs in %s', (member, change) => {
    expect(differencesOf(approved, report(change).order)).toEqual([member]);
  });

  test.each([
    ['amount', { instrumentedAmount: null }],
    ['amount that can be read', { instrumentedAmount: '1,5' }],
    ['creditor', { creditorAccount: undefined }],
  ])('without %s cannot be read', (_what, change) => {
    expect(report(change).order).toEqual({ kind: 'unreadable' });
  });

  test.each([
    ['a KID that is a number', { remittanceInformationStructured: { reference: 1234567897 } }],
    ['a KID that stands alone', { remittanceInformationStructured: '1234567897' }],
    ['a text that is a list', { remittanceInformationUnstructured: ['Til meg'] }],
    ['a debtor that is a text', { debtorAccount: '86011117947' }],
    ['a number of the debtor that is none', { debtorAccount: { bban: 86_011_117_947 } }],
    ['a number of the creditor beside a list', { creditorAccount: { bban: '95360573002', iban: ['NO00'] } }],
    ['a day that is a number', { requestedExecutionDate: 20_261_224 }],
    ['an amount that is infinite', { instrumentedAmount: 1e999 }],
  ])('with %s cannot be read, and its status is read all the same', (_what, change) => {
    expect(report({ ...change, status: 'ACSC' })).toMatchObject({
      status: 'settled',
      order: { kind: 'unreadable' },
    });
  });

  test('is the one that was approved where the debtor is masked', () => {
    const debtorAccount = { bban: '*******8903' };
    expect(differencesOf(approved, report({ debtorAccount }).order)).toEqual([]);
  });
});

describe('a bank', () => {
  const [described] = fixture('banks') as [object];
  const bank = (change: object) => banksSchema.parse([{ ...described, ...change }])[0];
  const mapped = (change: object) => {
    const read = bank(change);
    return read && toBank(read);
  };

  test('takes payments where it serves domestic transfers', () => {
    expect(mapped({})).toMatchObject({ readsBalances: true, paymentBankId: expect.any(String) });
    expect(mapped({ supportedServices: ['accounts'] })?.paymentBankId).toBeUndefined();
    expect(mapped({ supportedServices: null })).toMatchObject({ readsBalances: false });
  });

  test('says how long a text it takes', () => {
    expect(mapped({})?.paymentRules).toMatchObject({ textLengthMax: 140 });
    expect(mapped({ bic: 'DABANO22XXX' })?.paymentRules).toMatchObject({ textLengthMax: 66 });
  });

  test.each([
    [true, true],
    ['true', true],
    ['false', false],
    [false, false],
    // What cannot be read may be a yes.
    ['perhaps', true],
  ])('that says %s about the number counts as %s', (said, expected) => {
    expect(bank({ personalIdentificationRequired: said })?.personalIdentificationRequired).toBe(expected);
  });
});

test.each(['SPLEETNO22 Bank', '\u202eBIC'])('a bank is offered without the BIC %j', (bic) => {
  const [described] = fixture('banks') as [object];
  expect(banksSchema.parse([{ ...described, bic }])).toMatchObject([{ bic: undefined }]);
});

test('the name of a bank is shown without characters that reorder it', () => {
  const [described] = fixture('banks') as [object];
  const [bank] = banksSchema.parse([{ ...described, bankDisplayName: '\u202eBND\u0000' }]);
  expect(bank && toBank(bank).name).toBe('BND');
});

test('an address that is longer than any is no page', () => {
  const href = `https://bank.example/${'a'.repeat(8_000)}`;
  expect(toPage(linksSchema.parse({ links: [{ href }] }))).toEqual({ kind: 'none' });
});

describe('an account', () => {
  const [described] = fixture('accounts') as [object];
  const account = (change: object) => {
    const [read] = accountsSchema.parse([{ ...described, ...change }]);
    return read && toAccount(read);
  };

  test('has its number, name, owner and currency', () => {
    expect(account({})).toEqual({
      reference: 'a-1',
      identity: undefined,
      accountNumber: '12345678903',
      name: 'Brukskonto',
      ownerName: 'Kari Prøve',
      currency: 'NOK',
    });
  });

  test.each([
    ['reorder the text', '\u202eotnoksskurB', 'otnoksskurB'],
    ['are not seen', 'Brukskonto\u0000', 'Brukskonto'],
    ['make a page of it', 'Konto '.repeat(10_000), 'Konto '.repeat(24).slice(0, 140)],
  ])('has names without characters that %s', (_what, written, shown) => {
    expect(account({ displayName: written, ownerName: written })).toMatchObject({
      name: shown,
      ownerName: shown,
    });
  });

  test('whose balances are of no currency has none', () => {
    expect(account({ balances: [{ currency: 'XXX' }] })).toMatchObject({ currency: undefined });
  });

  test.each(['.', '..', 'a/b'])('whose id %s leads to another path is left out', (id) => {
    expect(account({ id })).toBeUndefined();
  });

  test('whose balances have several currencies has none of its own', () => {
    const balances = [{ currency: 'NOK' }, { currency: 'EUR' }];
    expect(account({ balances })).toMatchObject({ currency: undefined });
  });

  test('without a Norwegian number is left out', () => {
    expect(account({ iban: 'SE4550000000058398257466', bban: null })).toBeUndefined();
  });
});

describe('the balance', () => {
  const choose = (...balances: [type: string, amount: string, currency?: string][]) =>
    chooseBalance(
      balancesSchema.parse(balances.map(([type, amount, currency = 'NOK']) => ({ type, amount, currency }))),
    );
  const nok = (amount: number) => ({ amount, currency: 'NOK' });

  test.each(['INTERIM_AVAILABLE', 'interimAvailable', 'AVAILABLE', 'ITAV', 'closingAvailable'])(
    'of the type %s is available',
    (type) => {
      expect(choose([type, '12.50'])).toEqual({ money: nok(1_250), kind: 'available', wireType: type });
    },
  );

  test('that is available comes before the booked one', () => {
    expect(choose(['CLOSING_BOOKED', '20.00'], ['AVAILABLE', '12.50'])).toMatchObject({ money: nok(1_250) });
  });

  test('that is available above the booked one counts credit, and the booked one is shown', () => {
    expect(choose(['AVAILABLE', '500.00'], ['BOOKED', '12.50'])).toMatchObject({
      money: nok(1_250),
      kind: 'booked',
    });
  });

  test('that is available does not count beside a booked one that cannot be read', () => {
    expect(choose(['AVAILABLE', '500.00'], ['BOOKED', '12,50'])).toMatchObject({
      money: nok(50_000),
      kind: 'other',
    });
  });

  test.each(['CREDIT_LIMIT', 'availableCredit', 'Kredittramme', 'OVERDRAFT'])(
    'of the type %s is no money',
    (type) => {
      expect(choose([type, '50000.00'])).toBeUndefined();
      expect(choose([type, '50000.00'], ['TELEPORTED', '12.50'])).toMatchObject({ money: nok(1_250) });
    },
  );

  test('of no currency is none', () => {
    expect(choose(['AVAILABLE', '12.50', 'XXX'])).toBeUndefined();
  });

  test('of several of one type is the lowest', () => {
    expect(choose(['AVAILABLE', '500.00'], ['AVAILABLE', '12.50'])).toMatchObject({ money: nok(1_250) });
  });

  test('of a type that is not known is called other', () => {
    expect(choose(['TELEPORTED', '12.50'])).toMatchObject({ kind: 'other' });
  });

  test('in kroner comes before those in other currencies', () => {
    expect(choose(['AVAILABLE', '900.00', 'EUR'], ['BOOKED', '12.50'])).toMatchObject({
      money: nok(1_250),
      kind: 'booked',
    });
  });

  test('is none where none is reported', () => {
    expect(choose()).toBeUndefined();
  });
});
