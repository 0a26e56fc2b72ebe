import { afterAll, beforeAll, expect, test } from 'vitest';
import { callbackUrl } from '../open-banking-stack.ts';
import { EnableBankingWorld } from './world.ts';

/** No test changes what the emulator remembers. */
let world: EnableBankingWorld;
beforeAll(async () => {
  world = await EnableBankingWorld.start();
});
afterAll(() => world.close());

type Change = Record<string, unknown>;
const sbanken = { aspsp: { name: 'Sbanken (DNB)', country: 'NO' } };
const handelsbanken = { aspsp: { name: 'Handelsbanken', country: 'NO' } };
const instantly = { aspsp: { name: 'SpareBank 1', country: 'NO' }, payment_type: 'INST_SEPA' };
/** The clock begins on 23 February 2026, and this bank takes payments sixty days ahead. */
const on = (requested_execution_date: string) => ({
  top: handelsbanken,
  transaction: { requested_execution_date },
});

/** A payment that the bank takes. */
function payment({ top = {}, request = {}, transaction = {} }: Record<string, Change> = {}): Change {
  return {
    payment_type: 'DOMESTIC',
    psu_type: 'personal',
    aspsp: { name: 'DNB', country: 'NO' },
    state: 's',
    redirect_url: callbackUrl,
    payment_request: {
      debtor_account: { identification: '12345678903', scheme_name: 'BBAN' },
      credit_transfer_transaction: [
        {
          instructed_amount: { currency: 'NOK', amount: '100.33' },
          beneficiary: beneficiary(),
          ...transaction,
        },
      ],
      ...request,
    },
    ...top,
  };
}

const beneficiary = (change: Change = {}): Change => ({
  creditor: { name: 'Nordlys Strøm AS' },
  creditor_account: { identification: '95360573002', scheme_name: 'BBAN' },
  ...change,
});

const refused: [string, Record<string, Change>, string][] = [
  ['another type of payment', { top: { payment_type: 'SEPA' } }, 'payment_type'],
  ['credentials without a method', { top: { credentials: {} } }, 'auth_method'],
  ['a method of authentication that it does not have', { top: { auth_method: 'oauth' } }, 'auth_method'],
  ['a business customer', { top: { psu_type: 'business' } }, 'psu_type'],
  [
    'an execution date, which it declares unsupported',
    { transaction: { requested_execution_date: '2026-12-24' } },
    'requested_execution_date',
  ],
  ['an execution date that is today', on('2026-02-23'), 'requested_execution_date'],
  ['an execution date beyond its period', on('2026-04-25'), 'requested_execution_date'],
  [
    'an instant payment with a KID',
    { top: instantly, transaction: { reference_number: '1234567897' } },
    'reference_number',
  ],
  [
    'an instant payment for a day',
    { top: instantly, transaction: { requested_execution_date: '2026-02-24' } },
    'requested_execution_date',
  ],
  ['an instant payment, which it does not list', { top: { payment_type: 'INST_SEPA' } }, 'payment_type'],
  ['the end of a standing order', { transaction: { end_date: '2027-12-24' } }, 'end_date'],
  ['the frequency of a standing order', { transaction: { frequency: 'MNTH' } }, 'frequency'],
  ['the date rule of a standing order', { transaction: { execution_rule: 'FWNG' } }, 'execution_rule'],
  [
    'a priority that it does not list',
    { request: { payment_type_information: { instruction_priority: 'EXPR' } } },
    'instruction_priority',
  ],
  ['a charge bearer that it does not list', { request: { charge_bearer: 'DEBT' } }, 'charge_bearer'],
  ['no account of the debtor', { request: { debtor_account: null } }, 'debtor_account'],
  [
    'an account in a scheme that it does not list',
    { request: { debtor_account: { identification: '12345678903', scheme_name: 'CPAN' } } },
    'debtor_account',
  ],
  [
    'an account number whose check digit is wrong',
    {
      transaction: {
        beneficiary: beneficiary({
          creditor_account: { identification: '95360573003', scheme_name: 'BBAN' },
        }),
      },
    },
    'creditor_account',
  ],
  [
    'a foreign IBAN',
    {
      transaction: {
        beneficiary: beneficiary({
          creditor_account: { identification: 'FI7473834510057469', scheme_name: 'IBAN' },
        }),
      },
    },
    'creditor_account',
  ],
  ['no name of the creditor', { transaction: { beneficiary: beneficiary({ creditor: null }) } }, 'creditor'],
  [
    'another currency',
    { transaction: { instructed_amount: { currency: 'EUR', amount: '1.00' } } },
    'currency',
  ],
  ['no money', { transaction: { instructed_amount: { currency: 'NOK', amount: '0.00' } } }, 'amount'],
  ['less than no money', { transaction: { instructed_amount: { currency: 'NOK', amount: '-1' } } }, 'amount'],
  ['parts of an øre', { transaction: { instructed_amount: { currency: 'NOK', amount: '1.001' } } }, 'amount'],
  [
    'a long end-to-end id',
    { transaction: { payment_id: { end_to_end_id: 'e'.repeat(36) } } },
    'end_to_end_id',
  ],
  ['a reference that is no KID', { transaction: { reference_number: '12345' } }, 'KID'],
  [
    'a KID and a text',
    { transaction: { reference_number: '1234567897', remittance_information: ['Strøm'] } },
    'remittance',
  ],
  ['a text of two lines', { transaction: { remittance_information: ['Strøm', 'november'] } }, 'remittance'],
  ['a text of no line', { transaction: { remittance_information: [] } }, 'remittance'],
  ['an empty text', { transaction: { remittance_information: [''] } }, 'remittance'],
  [
    'a text that is longer than it takes',
    { top: sbanken, transaction: { remittance_information: ['x'.repeat(109)] } },
    'remittance',
  ],
  [
    'a KID that it declares unsupported',
    { top: sbanken, transaction: { reference_number: '1234567897' } },
    'reference_number',
  ],
];

test.each(refused)('a bank refuses %s, and the detail names it', async (_what, change, named) => {
  const { status, body } = await world.call('POST', '/payments', { json: payment(change) });
  expect({ status, ...body }).toMatchObject({
    status: 422,
    error: 'WRONG_REQUEST_PARAMETERS',
    detail: expect.stringContaining(named),
  });
});

test('a bank refuses an amount above its limit as a limit that is exceeded', async () => {
  const transaction = { instructed_amount: { currency: 'NOK', amount: '1000000.01' } };
  const { status, body } = await world.call('POST', '/payments', { json: payment({ transaction }) });
  expect([status, body['error']]).toEqual([422, 'PAYMENT_LIMIT_EXCEEDED']);
});

test.each<[string, Record<string, Change>]>([
  ['as it is', {}],
  ['with a KID', { transaction: { reference_number: '1234567897' } }],
  [
    'with a text as long as it takes',
    { top: sbanken, transaction: { remittance_information: ['x'.repeat(108)] } },
  ],
  ['on the last day of its period', on('2026-04-24')],
  ['at once', { top: instantly }],
  ['with the listed charge bearer', { request: { charge_bearer: 'SLEV' } }],
  [
    'from and to an IBAN',
    { request: { debtor_account: { identification: 'NO0995360573002', scheme_name: 'IBAN' } } },
  ],
])('a bank takes a payment %s', async (_what, change) => {
  const { status } = await world.call('POST', '/payments', { json: payment(change) });
  expect(status).toBe(200);
});
