import { describe, expect, test } from 'vitest';
import { fixture } from './fixture.ts';
import { toBank } from './map.ts';
import { aspspsSchema } from './wire.ts';

describe('a bank', () => {
  const bank = { name: 'DNB', country: 'NO', maximum_consent_validity: 600 };
  const domestic = { payment_type: 'DOMESTIC', psu_type: 'personal' };
  const read = (...aspsps: unknown[]) => aspspsSchema.parse({ aspsps });

  test.each([0, -1, 1.5, '600', null, undefined, Number.MAX_VALUE])(
    'that consents for %j seconds is left out',
    (maximum_consent_validity) => {
      expect(read({ ...bank, name: 'Odd', maximum_consent_validity }, bank)).toMatchObject([bank]);
    },
  );

  test('is not lost with one odd item of its own', () => {
    const odd = {
      ...bank,
      bic: 7,
      required_psu_headers: [null, 'Psu-Ip-Address'],
      payments: [null, 7, domestic],
    };
    expect(read(odd)).toMatchObject([
      { name: 'DNB', bic: undefined, required_psu_headers: ['Psu-Ip-Address'], payments: [domestic] },
    ]);
    expect(read({ ...bank, required_psu_headers: 'Psu-Ip-Address', payments: {} })).toMatchObject([bank]);
  });

  test('still takes payments when one item of its payment capabilities is odd', () => {
    const lists = {
      currencies: [null, 'NOK'],
      debtor_account_schemas: [7, 'BBAN'],
      creditor_account_schemas: ['BBAN', {}],
      reference_number_schemas: [[], 'NORF'],
      final_successful_statuses: ['ACSC', null],
    };
    const [found] = read({ ...bank, payments: [{ ...domestic, ...lists }] });
    expect(found?.payments).toMatchObject([
      {
        currencies: ['NOK'],
        debtor_account_schemas: ['BBAN'],
        creditor_account_schemas: ['BBAN'],
        reference_number_schemas: ['NORF'],
        final_successful_statuses: ['ACSC'],
      },
    ]);
  });

  test('whose first line of text cannot be read does not get the limit of the second', () => {
    const remittance_information_lines = ['odd', { max_length: 35 }];
    const [found] = read({ ...bank, payments: [{ ...domestic, remittance_information_lines }] });
    expect(found?.payments?.[0]?.remittance_information_lines).toEqual([{}, { max_length: 35 }]);
  });
});

test('a bank that cannot be read does not hide the others', () => {
  const banks = aspspsSchema.parse(fixture('aspsps'));
  expect(banks.map((aspsp) => toBank({ aspsp, readsBalances: true }))).toEqual([
    {
      id: 'DNB',
      name: 'DNB',
      bic: 'DNBANOKK',
      maximumConsentValiditySeconds: 15_552_000,
      readsBalances: true,
      paymentBankId: 'DNB',
      paymentRules: {
        currencies: ['NOK'],
        takesInstant: false,
        daysAheadMax: 0,
        cancellation: 'none',
        settledStatuses: ['ACSC', 'ACCC'],
        takesKid: true,
        kidLength: { min: 2, max: 25 },
        textLengthMax: 108,
        textCharacters: undefined,
        needsDebtorAccount: true,
      },
    },
    {
      id: 'Bank som bare leses',
      name: 'Bank som bare leses',
      bic: undefined,
      maximumConsentValiditySeconds: 7_776_000,
      readsBalances: true,
      paymentBankId: undefined,
    },
  ]);
});

test.each([
  [Number.MAX_SAFE_INTEGER, { textLengthMax: 140, daysAheadMax: 3_650 }],
  [-5, { textLengthMax: 0, daysAheadMax: 0 }],
])('limits of %d are kept within what there can be', (limit, rules) => {
  const [described] = (fixture('aspsps') as { aspsps: [{ payments: object[] }] }).aspsps;
  const payments = described.payments.map((payment) => ({
    ...payment,
    remittance_information_lines: [{ max_length: limit }],
    requested_execution_date_supported: true,
    requested_execution_date_max_period: limit,
  }));
  const listed = { ...described, payments, maximum_consent_validity: Math.abs(limit) };
  const [aspsp] = aspspsSchema.parse({ aspsps: [listed] });
  const bank = aspsp && toBank({ aspsp, readsBalances: true });
  expect(bank?.paymentRules).toMatchObject(rules);
  expect(bank?.maximumConsentValiditySeconds).toBeLessThanOrEqual(15_552_000);
});
