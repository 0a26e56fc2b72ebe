import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { errorCodes } from '#services/open-banking/enable-banking/emulator/error-codes.ts';
import { documented, legal, operations } from './documented.ts';
import { callbackUrl } from '../open-banking-stack.ts';
import { EnableBankingWorld } from './world.ts';

let world: EnableBankingWorld;
beforeEach(async () => {
  world = await EnableBankingWorld.start();
});
afterEach(() => world.close());

type Call = Parameters<EnableBankingWorld['call']>;

/** A payment that the bank takes, with everything in it that may be read back. */
function order(change: Record<string, unknown> = {}, ofTransaction: Record<string, unknown> = {}) {
  const account = { identification: '95360573002', scheme_name: 'BBAN', issuer: null };
  return {
    payment_type: 'DOMESTIC',
    psu_type: 'personal',
    aspsp: { name: 'DNB', country: 'NO' },
    state: 's',
    redirect_url: callbackUrl,
    payment_request: {
      payment_information_id: 'block-1',
      debtor: legal('PartyIdentification', 'full'),
      debtor_account: { ...account, identification: '12345678903' },
      debtor_agent: legal('FinancialInstitutionIdentification', 'full'),
      debtor_currency: 'NOK',
      purpose: 'ACCT',
      credit_transfer_transaction: [
        {
          instructed_amount: { currency: 'NOK', amount: '100.33' },
          beneficiary: {
            creditor_agent: legal('FinancialInstitutionIdentification', 'full'),
            creditor: { ...Object(legal('PartyIdentification', 'full')), name: 'Nordlys Strøm AS' },
            creditor_account: account,
            creditor_currency: 'NOK',
          },
          payment_id: { instruction_id: 'i-1', end_to_end_id: 'e-1' },
          ultimate_debtor: legal('PartyIdentification', 'full'),
          ultimate_creditor: legal('PartyIdentification', 'minimal'),
          regulatory_reporting: legal('RegulatoryReporting[]', 'full'),
          remittance_information: ['Strøm i november'],
          ...ofTransaction,
        },
      ],
    },
    ...change,
  };
}

/** Ends a payment and gives its id. */
async function endedPayment(): Promise<string> {
  const reference = await world.pay('DNB');
  await world.stack.pass(5_000);
  return reference;
}

async function uidAt(bankId: string): Promise<string> {
  const [account] = (await world.grant(bankId)).accounts;
  return account?.reference.split('@')[0] ?? '';
}

async function codeAtDnb(): Promise<string> {
  const { body } = await world.call('POST', '/auth', { json: world.authorization() });
  const parameters = await world.stack.visit(String(body['url']), 'approve');
  return parameters.get('code') ?? '';
}

const calls: Record<string, () => Promise<Call>> = {
  'POST /auth': async () => ['POST', '/auth', { json: world.authorization() }],
  'POST /sessions': async () => ['POST', '/sessions', { json: { code: await codeAtDnb() } }],
  'GET /sessions/{session_id}': async () => ['GET', `/sessions/${(await world.grant('DNB')).reference}`],
  'DELETE /sessions/{session_id}': async () => [
    'DELETE',
    `/sessions/${(await world.grant('DNB')).reference}`,
  ],
  'GET /accounts/{account_id}/details': async () => ['GET', `/accounts/${await uidAt('DNB')}/details`],
  'GET /accounts/{account_id}/balances': async () => ['GET', `/accounts/${await uidAt('DNB')}/balances`],
  'GET /accounts/{account_id}/transactions': async () => [
    'GET',
    `/accounts/${await world.withTransactions('DNB')}/transactions`,
  ],
  'GET /accounts/{account_id}/transactions/{transaction_id}': async () => {
    const uid = await world.withTransactions('DNB');
    const { body } = await world.call('GET', `/accounts/${uid}/transactions`);
    const [first] = body['transactions'] as [{ transaction_id: string }];
    return ['GET', `/accounts/${uid}/transactions/${first.transaction_id}`];
  },
  'GET /payments/{payment_id}/transactions/{transaction_id}': async () => {
    const id = await endedPayment();
    return ['GET', `/payments/${id}/transactions/${id}-1`];
  },
  'POST /payments': async () => ['POST', '/payments', { json: order() }],
  'GET /payments/{payment_id}': async () => ['GET', `/payments/${await endedPayment()}`],
  'DELETE /payments/{payment_id}': async () => ['DELETE', `/payments/${await endedPayment()}`],
  'GET /aspsps': async () => ['GET', '/aspsps'],
  'GET /application': async () => ['GET', '/application'],
};

test.each(Object.keys(operations))('%s answers as documented', async (operation) => {
  const { status, body } = await world.call(...((await calls[operation]?.()) ?? ['GET', '/nowhere']));
  expect(status).toBe(200);
  expect(documented(operations[operation]?.answer ?? '').safeParse(body)).toMatchObject({ success: true });
});

test.each(Object.keys(operations))('%s refuses a call without a token as documented', async (operation) => {
  const [method = '', path = ''] = operation.split(' ');
  const answer = await fetch(`${world.stack.origin}${path.replace(/\{\w+\}/g, randomUUID())}`, { method });
  const body = (await answer.json()) as Record<string, unknown>;
  expect(documented('ErrorResponse').safeParse(body)).toMatchObject({ success: true });
  expect([answer.status, body['code'], body['error']]).toEqual([401, 401, 'AUTHORIZATION_NOT_PROVIDED']);
});

test('a session that ended is read back as documented', async () => {
  const { reference } = await world.grant('DNB');
  await world.call('DELETE', `/sessions/${reference}`);
  const { body } = await world.call('GET', `/sessions/${reference}`);
  expect(documented('GetSessionResponse').safeParse(body)).toMatchObject({ success: true });
  expect(body).toMatchObject({ status: 'CLOSED', closed: expect.any(String) });
});

test('a rejected payment is read back as documented', async () => {
  await world.stack.act('payment_outcome', { outcome: 'reject' });
  const { body } = await world.call('GET', `/payments/${await endedPayment()}`);
  expect(documented('GetPaymentResponse').safeParse(body)).toMatchObject({ success: true });
  expect(body).toMatchObject({ status: 'RJCT', status_reason_information: expect.any(Object) });
});

test('a payment is read back with everything that was sent', async () => {
  const sent = order();
  const { body } = await world.call('POST', '/payments', { json: sent });
  const read = await world.call('GET', `/payments/${String(body['payment_id'])}`);
  expect(documented('GetPaymentResponse').safeParse(read.body)).toMatchObject({ success: true });
  expect(read.body['payment_details']).toMatchObject(sent.payment_request);
});

describe('a refusal has the documented form, its status among the documented ones, and the code', () => {
  const refusedPayment = async (change: Record<string, unknown>): Promise<Call> => [
    'POST',
    '/payments',
    { json: order(change) },
  ];
  const refused: [keyof typeof errorCodes, () => Promise<Call>][] = [
    ['ACCESS_DENIED', async () => ['GET', `/accounts/${await withoutBalances()}/balances`]],
    ['ACCOUNT_DOES_NOT_EXIST', async () => ['GET', `/accounts/${randomUUID()}/balances`]],
    ['ALREADY_AUTHORIZED', async () => ['POST', '/sessions', { json: { code: await usedCode() } }]],
    ['CLOSED_SESSION', async () => ['DELETE', `/sessions/${await closedSession()}`]],
    ['PAYMENT_LIMIT_EXCEEDED', () => refusedPayment({ payment_request: ofTwo() })],
    ['PAYMENT_NOT_FINALIZED', async () => ['DELETE', `/payments/${await world.pay('DNB')}`]],
    ['PAYMENT_NOT_FOUND', async () => ['GET', '/payments/none']],
    ['REDIRECT_URI_NOT_ALLOWED', () => refusedPayment({ redirect_url: 'https://elsewhere.example/' })],
    ['SESSION_DOES_NOT_EXIST', async () => ['GET', `/sessions/${randomUUID()}`]],
    ['WEBHOOK_URI_NOT_ALLOWED', () => refusedPayment({ webhook_url: 'https://elsewhere.example/' })],
    ['WRONG_ASPSP_PROVIDED', () => refusedPayment({ aspsp: { name: 'DNB', country: 'SE' } })],
    ['WRONG_AUTHORIZATION_CODE', async () => ['POST', '/sessions', { json: { code: 'none' } }]],
    [
      'TRANSACTION_DOES_NOT_EXIST',
      async () => ['GET', `/payments/${await endedPayment()}/transactions/none`],
    ],
    ['WRONG_REQUEST_PARAMETERS', () => refusedPayment({ psu_type: 'business' })],
  ];

  async function withoutBalances(): Promise<string> {
    const valid_until = new Date(world.stack.clock.now().getTime() + 3_600_000).toISOString();
    const json = world.authorization({ access: { valid_until, balances: false } });
    const { body } = await world.call('POST', '/auth', { json });
    const parameters = await world.stack.visit(String(body['url']), 'approve');
    const session = await world.call('POST', '/sessions', { json: { code: parameters.get('code') } });
    const [account] = session.body['accounts'] as [{ uid: string }];
    return account.uid;
  }

  async function usedCode(): Promise<string> {
    const code = await codeAtDnb();
    await world.call('POST', '/sessions', { json: { code } });
    return code;
  }

  async function closedSession(): Promise<string> {
    const { reference } = await world.grant('DNB');
    await world.call('DELETE', `/sessions/${reference}`);
    return reference;
  }

  function ofTwo(): unknown {
    const { payment_request } = order();
    const [transaction] = payment_request.credit_transfer_transaction;
    return { ...payment_request, credit_transfer_transaction: [transaction, transaction] };
  }

  test.each(refused)('%s', async (code, call) => {
    const { status, body } = await world.call(...(await call()));
    expect(documented('ErrorResponse').safeParse(body)).toMatchObject({ success: true });
    expect({ status, ...body }).toMatchObject({ status: errorCodes[code][0], code: status, error: code });
  });
});
