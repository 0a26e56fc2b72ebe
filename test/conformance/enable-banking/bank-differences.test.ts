import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { redirectUrlOf } from '#domain/banking/next-step.ts';
import type { SandboxBankCustomer } from '#emulation/bank/customers.ts';
import { callbackUrl } from '../open-banking-stack.ts';
import { memorySecrets } from '../../support/provider-keys.ts';
import { documented } from './documented.ts';
import { attended, EnableBankingWorld } from './world.ts';

/** A customer with accounts of other kinds and currencies at DNB. */
const withOtherAccounts: SandboxBankCustomer = {
  name: 'Pål Valuta',
  note: { nb: 'Har andre kontoer.', en: 'Has other accounts.' },
  accounts: [
    { accountNumber: '90412263056', name: 'Eurokonto', balanceOere: 75_050, currency: 'EUR', bank: 'DNB' },
    { accountNumber: '15032080178', name: 'Kredittkort', balanceOere: -1_000, kind: 'card', bank: 'DNB' },
    { accountNumber: '95360573002', name: 'Sparekonto', balanceOere: 500, kind: 'savings', bank: 'DNB' },
  ],
};

let world: EnableBankingWorld;
beforeEach(async () => {
  world = await EnableBankingWorld.start(undefined, [withOtherAccounts]);
});
afterEach(() => world.close());

type Json = Record<string, unknown>;
const aspsp = (name: string): Json => ({ aspsp: { name, country: 'NO' } });

function payment(change: Json, request: Json = {}): Json {
  return {
    payment_type: 'DOMESTIC',
    psu_type: 'personal',
    ...aspsp('DNB'),
    state: 's',
    redirect_url: callbackUrl,
    payment_request: {
      credit_transfer_transaction: [
        {
          instructed_amount: { currency: 'NOK', amount: '100.33' },
          beneficiary: {
            creditor: { name: 'Nordlys Strøm AS' },
            creditor_account: { identification: '95360573002', scheme_name: 'BBAN' },
          },
        },
      ],
      debtor_account: { identification: '12345678903', scheme_name: 'BBAN' },
      ...request,
    },
    ...change,
  };
}

/** Posts a form of the bank's pages, which lie where a redirect led. */
async function post(url: string, fields: [string, string][]): Promise<{ location: string; body: string }> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams(fields).toString();
  const answer = await request(url, { method: 'POST', headers, body });
  return { location: String(answer.headers['location']), body: await answer.body.text() };
}

/** Shares all accounts of a customer; comes back with the callback's parameters. */
async function shareAll(name: string, url: string | undefined): Promise<URLSearchParams> {
  const start = await request(url ?? '');
  const page = `${world.stack.origin}${String(start.headers['location'])}`;
  await post(page, [['customer', name]]);
  const html = await (await request(`${page}/accounts`)).body.text();
  const numbers = [...html.matchAll(/value="(\d{11})"/g)].map(([, number = '']) => number);
  const accounts = numbers.map((number): [string, string] => ['account', number]);
  const { location } = await post(`${page}/accounts`, [['decision', 'approve'], ...accounts]);
  return new URL(location).searchParams;
}

describe('a business', () => {
  test('finds the banks that serve businesses', async () => {
    const { body } = await world.call('GET', '/aspsps?psu_type=business&service=PIS');
    const names = (body['aspsps'] as { name: string }[]).map(({ name }) => name);
    expect(names).toEqual(['Nordea', 'Handelsbanken']);
    expect(documented('GetAspspsResponse').safeParse(body)).toMatchObject({ success: true });
  });

  test('consents at such a bank, and the session says so', async () => {
    const json = world.authorization({ ...aspsp('Nordea'), psu_type: 'business' });
    const { body } = await world.call('POST', '/auth', { json });
    const parameters = await world.stack.visit(String(body['url']), 'approve');
    const session = await world.call('POST', '/sessions', { json: { code: parameters.get('code') } });
    expect(session.body).toMatchObject({ psu_type: 'business' });
  });

  test.each(['/auth', '/payments'])('is refused at another bank by %s', async (path) => {
    const json =
      path === '/auth' ? world.authorization({ psu_type: 'business' }) : payment({ psu_type: 'business' });
    const { status, body } = await world.call('POST', path, { json });
    expect([status, body['error']]).toEqual([422, 'WRONG_REQUEST_PARAMETERS']);
    expect(body['detail']).toContain('psu_type');
  });
});

describe('a bank that asks in its app', () => {
  const inApp = { ...aspsp('Handelsbanken'), auth_method: 'decoupled' };

  test('takes the customer’s id there, and its page stands for the app', async () => {
    const json = world.authorization({ ...inApp, credentials: { userId: 'kari' } });
    const { status, body } = await world.call('POST', '/auth', { json });
    expect(status).toBe(200);
    const pages: string[] = [];
    const parameters = await world.stack.visit(String(body['url']), 'approve', (html) => pages.push(html));
    expect(pages.join('')).toContain('Denne siden står for bankens app');
    expect(parameters.get('code')).not.toBeNull();
  });

  test.each([
    ['none', {}],
    ['a credential that it does not take', { userId: 'kari', pin: '1' }],
    ['an id of another form', { userId: '1' }],
  ])('refuses %s in place of that id', async (_what, credentials) => {
    const json = world.authorization({ ...inApp, credentials });
    const { status, body } = await world.call('POST', '/auth', { json });
    expect([status, body['error']]).toEqual([422, 'WRONG_CREDENTIALS_PROVIDED']);
  });

  test('approves a payment in the same way', async () => {
    const json = payment({ ...inApp, credentials: { userId: 'kari' } });
    const { body } = await world.call('POST', '/payments', { json });
    const pages: string[] = [];
    await world.stack.visit(String(body['url']), 'approve', (html) => pages.push(html));
    expect(pages.join('')).toContain('Denne siden står for bankens app');
  });
});

describe('the account to pay from', () => {
  test('is chosen at a bank that needs none, and read back', async () => {
    const json = payment(aspsp('SpareBank 1'), { debtor_account: null });
    const { status, body } = await world.call('POST', '/payments', { json });
    expect(status).toBe(200);
    const start = await request(String(body['url']));
    const page = `${world.stack.origin}${String(start.headers['location'])}`;
    await post(page, [
      ['decision', 'approve'],
      ['account', '86011117947'],
    ]);
    await world.stack.pass(5_000);
    const read = await world.call('GET', `/payments/${String(body['payment_id'])}`);
    expect(read.body).toMatchObject({
      status: 'ACSC',
      payment_details: { debtor_account: { identification: '86011117947', scheme_name: 'BBAN' } },
    });
    expect(documented('GetPaymentResponse').safeParse(read.body)).toMatchObject({ success: true });
  });

  test('must be named at a bank that needs one', async () => {
    const { status, body } = await world.call('POST', '/payments', {
      json: payment({}, { debtor_account: null }),
    });
    expect([status, body['detail']]).toEqual([422, 'debtor_account must be a Norwegian account number']);
  });
});

test.each([
  ['an account in another currency', '90412263056'],
  ['a card account', '15032080178'],
])('a payment in kroner from %s is rejected by the bank', async (_what, identification) => {
  const debtor_account = { identification, scheme_name: 'BBAN' };
  const { body } = await world.call('POST', '/payments', { json: payment({}, { debtor_account }) });
  await world.stack.visit(String(body['url']), 'approve');
  await world.stack.pass(5_000);
  expect(await world.read(String(body['payment_id']))).toMatchObject({
    status: 'rejected',
    reasonCode: 'AG01',
  });
});

describe('the words of banks for the statuses of a payment', () => {
  const wires: [bank: string, atFirst: string, approved: string, underWay: string, atLast: string][] = [
    ['DNB', 'RCVD', 'ACTC', 'ACSP', 'ACSC'],
    ['Handelsbanken', 'PDNG', 'ACCP', 'ACSP', 'ACSC'],
    ['SpareBank 1', 'RCVD', 'ACWC', 'ACSP', 'ACSC'],
    ['Sbanken (DNB)', 'RCVD', 'ACTC', 'PART', 'ACSC'],
  ];

  test.each(wires)('at %s are read by the client', async (bankId, ...words) => {
    const [, approved, underWay, atLast] = words;
    const json = payment(aspsp(bankId));
    const { body } = await world.call('POST', '/payments', { json });
    expect(body['status']).toBe(words[0]);
    const reference = String(body['payment_id']);
    expect(await world.read(reference)).toMatchObject({ status: 'awaiting_authorisation' });
    await world.stack.visit(String(body['url']), 'approve');
    expect(await world.read(reference)).toMatchObject({ status: 'authorised', wireStatus: approved });
    await world.stack.pass(750);
    expect(await world.read(reference)).toMatchObject({ status: 'processing', wireStatus: underWay });
    await world.stack.pass(5_000);
    expect(await world.read(reference)).toMatchObject({ status: 'settled', wireStatus: atLast });
  });
});

describe('the accounts of a bank', () => {
  test('may be of other kinds and currencies, and the client keeps them apart', async () => {
    const { ais } = world.stack.provider;
    const consent = {
      bankId: 'DNB',
      state: 's',
      redirectUri: callbackUrl,
      customer: { id: 'c' },
      locale: 'nb',
      secrets: memorySecrets(),
    } as const;
    const started = await ais?.startConsent(consent, attended);
    const parameters = await shareAll('Pål Valuta', redirectUrlOf(started?.next));
    const progress = await ais?.completeConsent(
      { parameters, pending: { ...consent, reference: undefined } },
      attended,
    );
    if (progress?.kind !== 'granted') throw new RangeError('the consent is granted');
    expect(progress.grant.accounts).toMatchObject([
      { name: 'Eurokonto', currency: 'EUR', accountNumber: '90412263056' },
      { name: 'Kredittkort', currency: 'NOK', accountNumber: undefined, identity: expect.any(String) },
      { name: 'Sparekonto', currency: 'NOK', accountNumber: '95360573002' },
    ]);
    const [euro] = progress.grant.accounts;
    const { reference: consentReference, bankId } = progress.grant;
    const key = { reference: consentReference, bankId, secrets: memorySecrets() };
    const account = { reference: euro?.reference ?? '', consent: key };
    expect(await ais?.readBalance(account, attended)).toMatchObject({
      money: { amount: 75_050, currency: 'EUR' },
    });
  });
});
