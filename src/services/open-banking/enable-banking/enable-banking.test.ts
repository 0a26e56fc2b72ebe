import { createHash, randomUUID, X509Certificate } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { request } from 'undici';
import { z } from 'zod';
import { Secret } from '#domain/secret.ts';
import { listenOnLoopback, type LoopbackServer } from '#emulation/server.ts';
import {
  callbackUrl,
  startEmulated,
  type EmulatedStack,
} from '../../../../test/conformance/open-banking-stack.ts';
import type { AttendedAccess, ConsentGrant, PaymentReport } from '../service.ts';
import { fixture } from './fixture.ts';
import { enableBanking } from './provider.ts';
import { createTokenSource } from './token.ts';

/** What is peculiar to this provider, client and emulator together; the rest is in the conformance suite. */

const dayMs = 86_400_000;
const marginMs = 600_000;
const attended: AttendedAccess = { kind: 'attended', ipAddress: '192.0.2.7', userAgent: undefined };

let stack: EmulatedStack;
beforeEach(async () => {
  stack = await startEmulated(enableBanking);
});
afterEach(() => stack.close());

/** Calls the emulator as the application, past the client. */
async function call(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  options: { json?: unknown; headers?: Record<string, string> } = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const token = createTokenSource({
    clock: stack.clock,
    applicationId: stack.environment['OPENBANKING_CLIENT_ID'] ?? '',
    privateKey: new Secret(stack.environment['OPENBANKING_CLIENT_SECRET'] ?? ''),
  });
  const response = await request(`${stack.origin}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await token()}`,
      'content-type': 'application/json',
      ...options.headers,
    },
    body: options.json === undefined ? null : JSON.stringify(options.json),
  });
  return { status: response.statusCode, body: (await response.body.json()) as Record<string, unknown> };
}

async function grant(
  bankId: string,
  locale: 'nb' | 'en' = 'nb',
  pages: string[] = [],
): Promise<ConsentGrant> {
  const { ais } = stack.provider;
  const consent = { bankId, state: randomUUID(), redirectUri: callbackUrl, customerId: 'c', locale };
  const started = await ais?.startConsent(consent, attended);
  const parameters = await stack.visit(started?.redirectUrl ?? '', 'approve', (html) => pages.push(html));
  const granted = await ais?.completeConsent(parameters, attended);
  if (granted === undefined) throw new RangeError('there is account information');
  return granted;
}

async function pay(
  bankId: string,
  { webhookUrl, choice = 'approve' }: { webhookUrl?: string; choice?: string } = {},
): Promise<string> {
  const started = await stack.provider.pis?.initiatePayment(
    {
      bankId,
      order: {
        money: { amount: 10_000, currency: 'NOK' },
        debtorAccountNumber: '12345678903',
        creditorName: 'Nordlys Strøm AS',
        creditorAccountNumber: '95360573002',
        remittance: { kind: 'none' },
      },
      paymentId: randomUUID(),
      state: randomUUID(),
      redirectUri: callbackUrl,
      webhookUrl,
      customerId: 'c',
      locale: 'nb',
    },
    attended,
  );
  await stack.visit(started?.redirectUrl ?? '', choice);
  return started?.reference ?? '';
}

const read = async (reference: string): Promise<PaymentReport | undefined> =>
  stack.provider.pis?.readPayment(reference);

const authorization = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  access: { valid_until: new Date(stack.clock.now().getTime() + dayMs).toISOString() },
  aspsp: { name: 'DNB', country: 'NO' },
  state: 's',
  redirect_url: callbackUrl,
  psu_type: 'personal',
  ...change,
});

describe('the client', () => {
  test.each([
    ['DNB', 180],
    ['Handelsbanken', 90],
  ])('asks %s for what it grants, %i days, less a margin', async (bankId, days) => {
    const { validUntil } = await grant(bankId);
    expect(validUntil.getTime()).toBe(stack.clock.now().getTime() + days * dayMs - marginMs);
  });

  test('asks for the list of banks once an hour', async () => {
    const asked = (): number =>
      stack.attempts.filter(({ operation }) => operation === 'enable-banking.list_aspsps').length;
    await Promise.all([stack.provider.ais?.listBanks(), stack.provider.ais?.listBanks()]);
    await grant('DNB');
    expect(asked()).toBe(2);
    stack.clock.advance(3_600_000);
    await stack.provider.ais?.listBanks();
    expect(asked()).toBe(4);
  });

  test('serves the old list of banks while the new one cannot be had', async () => {
    await stack.provider.ais?.listBanks();
    stack.clock.advance(3_600_000);
    stack.faults.add({ operation: 'list_aspsps', effect: 'status', status: 500 });
    expect(await stack.provider.ais?.listBanks()).toHaveLength(5);
  });

  test('reads unattended where it does not know what the bank requires of the customer', async () => {
    const [account] = (await grant('Nordea')).accounts;
    const reads = Array.from({ length: 5 }, () => account?.reference ?? '');
    const spend = async (): Promise<void> => {
      for (const reference of reads) await stack.provider.ais?.readBalance(reference, attended);
    };
    await expect(spend()).rejects.toMatchObject({ code: 'bank_rate_limited' });
  });

  test('follows a payment to a bank that reports credit until the creditor is credited', async () => {
    const reference = await pay('Nordea');
    await stack.pass(1_400);
    expect(await read(reference)).toMatchObject({ status: 'processing', wireStatus: 'ACSC' });
    await stack.pass(700);
    expect(await read(reference)).toMatchObject({ status: 'settled', creditorCredited: true });
  });

  test('does not claim that it can call a payment back', () => {
    expect(stack.provider.pis).not.toHaveProperty('cancelPayment');
  });

  test('knows each step of a payment', async () => {
    const reference = await pay('DNB');
    expect(await read(reference)).toMatchObject({ status: 'authorised', wireStatus: 'ACTC' });
    await stack.pass(700);
    expect(await read(reference)).toMatchObject({ status: 'processing', wireStatus: 'ACSP' });
  });

  test('fetches the certificate of webhooks once', async () => {
    const fetched = (): number =>
      stack.attempts.filter(({ operation }) => operation.endsWith('.get_webhook_certificate')).length;
    for (const webhookUrl of [stack.webhookUrl, stack.webhookUrl]) {
      await pay('DNB', { webhookUrl, choice: 'cancel' });
      await stack.pass(0);
    }
    expect(stack.hints).toHaveLength(2);
    expect(fetched()).toBe(1);
  });
});

describe('the client, on documented answers', () => {
  let server: LoopbackServer;
  let bank: Record<string, unknown>;
  let payment: Record<string, unknown>;

  beforeEach(async () => {
    server = await listenOnLoopback(0);
    const { aspsps } = z
      .object({ aspsps: z.tuple([z.looseObject({})], z.unknown()) })
      .parse(fixture('aspsps'));
    bank = aspsps[0];
    payment = { ...Object(fixture('payment')), status: 'ACSP', final_status: true };
    server.handle(({ url }) => Response.json(url.includes('/aspsps') ? { aspsps: [bank] } : payment));
  });
  afterEach(() => server.close());

  const readThere = async (): Promise<PaymentReport | undefined> =>
    stack.createClient({ ENABLE_BANKING_API_URL: server.origin }).pis?.readPayment('any');

  test('does not take a final status for settlement that does not end a payment at this bank', async () => {
    expect(await readThere()).toMatchObject({ status: 'processing', wireStatus: 'ACSP' });
  });

  test('takes the final status for settlement that ends a payment at this bank', async () => {
    const domestic = { payment_type: 'DOMESTIC', psu_type: 'personal', final_successful_statuses: ['ACSP'] };
    bank = { ...bank, payments: [domestic] };
    expect(await readThere()).toMatchObject({ status: 'settled', wireStatus: 'ACSP' });
  });

  test('reads a payment though its bank has left the list', async () => {
    bank = { ...bank, name: 'Another' };
    payment = { ...payment, status: 'ACSC' };
    expect(await readThere()).toMatchObject({ status: 'settled' });
  });
});

describe('the emulator refuses', () => {
  test('a consent for longer than the bank grants', async () => {
    const valid_until = new Date(stack.clock.now().getTime() + 181 * dayMs).toISOString();
    const { status, body } = await call('POST', '/auth', {
      json: authorization({ access: { valid_until } }),
    });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 422, error: 'WRONG_REQUEST_PARAMETERS' });
  });

  test('a redirect address that is not registered', async () => {
    const json = authorization({ redirect_url: 'https://elsewhere.example/' });
    expect((await call('POST', '/auth', { json })).body).toMatchObject({ error: 'REDIRECT_URI_NOT_ALLOWED' });
  });

  test('a bank that it does not have', async () => {
    const json = authorization({ aspsp: { name: 'Ingen Bank', country: 'NO' } });
    expect((await call('POST', '/auth', { json })).body).toMatchObject({ error: 'WRONG_ASPSP_PROVIDED' });
  });

  test('some of the PSU headers that the bank requires', async () => {
    const [account] = (await grant('Nordea')).accounts;
    const uid = account?.reference.split('@')[0] ?? '';
    const headers = { 'psu-ip-address': '192.0.2.7' };
    const { status, body } = await call('GET', `/accounts/${uid}/balances`, { headers });
    expect([status, body['error']]).toEqual([422, 'PSU_HEADER_NOT_PROVIDED']);
  });

  test('an address of the customer that is none', async () => {
    const [account] = (await grant('DNB')).accounts;
    const uid = account?.reference.split('@')[0] ?? '';
    const headers = { 'psu-ip-address': 'unknown' };
    const { body } = await call('GET', `/accounts/${uid}/balances`, { headers });
    expect(body).toMatchObject({ error: 'PSU_HEADER_INVALID' });
  });

  test('a call without a token', async () => {
    const response = await request(`${stack.origin}/aspsps?country=NO`);
    expect(response.statusCode).toBe(401);
    expect(await response.body.json()).toMatchObject({ error: 'AUTHORIZATION_NOT_PROVIDED' });
  });

  test('a token that has expired', async () => {
    const headers = { authorization: '' };
    const old = createTokenSource({
      clock: { now: () => new Date(stack.clock.now().getTime() - 2 * 3_600_000), schedule: () => never },
      applicationId: stack.environment['OPENBANKING_CLIENT_ID'] ?? '',
      privateKey: new Secret(stack.environment['OPENBANKING_CLIENT_SECRET'] ?? ''),
    });
    headers.authorization = `Bearer ${await old()}`;
    expect(await call('GET', '/aspsps', { headers })).toMatchObject({
      status: 401,
      body: { error: 'UNAUTHORIZED_ACCESS' },
    });
  });

  test('to forget a payment that has not ended', async () => {
    const reference = await pay('DNB');
    expect((await call('DELETE', `/payments/${reference}`)).body).toMatchObject({
      error: 'PAYMENT_NOT_FINALIZED',
    });
  });

  test('a consent page that was answered', async () => {
    const { body } = await call('POST', '/auth', { json: authorization() });
    await stack.visit(String(body['url']), 'cancel');
    expect((await request(String(body['url']))).statusCode).toBe(410);
  });
});

describe('the banks’ pages', () => {
  test('speak Norwegian or English, and say whose they are', async () => {
    const norwegian: string[] = [];
    const english: string[] = [];
    await grant('Nordea', 'nb', norwegian);
    await grant('Nordea', 'en', english);
    expect(norwegian.join('')).toContain('Hvem er du?');
    expect(english.join('')).toContain('Who are you?');
    for (const page of [...norwegian, ...english]) {
      expect(page).toContain('Nordea (test)');
      expect(page).not.toContain('<script');
    }
  });

  test('share only the accounts that were chosen', async () => {
    const { body } = await call('POST', '/auth', { json: authorization() });
    const start = await request(String(body['url']));
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const customerUrl = `${stack.origin}${String(start.headers['location'])}`;
    const customer = new URLSearchParams({ customer: 'Kari Prøve' }).toString();
    await request(customerUrl, { method: 'POST', headers: form, body: customer });
    const choose = async (fields: Record<string, string>) =>
      request(`${customerUrl}/accounts`, {
        method: 'POST',
        headers: form,
        body: new URLSearchParams({ decision: 'approve', ...fields }).toString(),
      });
    const none = await choose({});
    expect(none.statusCode).toBe(422);
    expect(await none.body.text()).toContain('role="alert"');
    const one = await choose({ account: '86011117947' });
    const code = new URL(String(one.headers['location'])).searchParams.get('code');
    const session = await call('POST', '/sessions', { json: { code } });
    expect(session.body['accounts']).toMatchObject([{ details: 'Kredittkonto' }]);
  });
});

describe('a restart', () => {
  const restart = (): void => {
    const { persistence } = stack.emulator;
    const saved: unknown = deserialize(serialize(persistence?.save()));
    stack.emulator.reset();
    persistence?.restore(saved);
  };

  test('ends no consent', async () => {
    const { accounts } = await grant('DNB');
    restart();
    expect(await stack.provider.ais?.readBalance(accounts[0]?.reference ?? '', attended)).toMatchObject({
      money: { amount: 2_500_000 },
    });
    expect(await grant('DNB')).toMatchObject({ accounts: [{}, {}] });
  });

  test.each([0, 700, 1_400, 2_100])('after %i ms lets a payment go on to its end', async (delayMs) => {
    const { accounts } = await grant('Nordea');
    const reference = await pay('Nordea');
    await stack.pass(delayMs);
    restart();
    await stack.pass(2_100);
    expect(await read(reference)).toMatchObject({ status: 'settled', creditorCredited: true });
    expect(await stack.provider.ais?.readBalance(accounts[0]?.reference ?? '', attended)).toMatchObject({
      money: { amount: 2_490_000 },
    });
  });

  test('forgets what was saved in another shape', async () => {
    await grant('DNB');
    stack.emulator.reset();
    stack.emulator.persistence?.restore({ version: 0 });
    expect(stack.emulator.state()).toMatchObject({ sessions: [] });
  });
});

describe('the control plane', () => {
  test('sets a balance', async () => {
    await stack.act('set_balance', { accountNumber: '12345678903', balanceOere: 4_200, bank: 'DNB' });
    const [account] = (await grant('DNB')).accounts;
    expect(await stack.provider.ais?.readBalance(account?.reference ?? '', attended)).toMatchObject({
      money: { amount: 4_200 },
    });
  });

  test('decides how the next payment ends', async () => {
    await stack.act('payment_outcome', { outcome: 'reject' });
    const reference = await pay('DNB');
    await stack.pass(5_000);
    expect(await read(reference)).toMatchObject({ status: 'rejected', reasonCode: 'MS03' });
  });

  test('releases webhooks in the reverse of their order', async () => {
    await stack.act('hold_webhooks');
    await pay('DNB', { webhookUrl: stack.webhookUrl });
    await stack.pass(5_000);
    await stack.act('release_webhooks', { order: 'reversed' });
    const changes = ['payment.ACSC', 'payment.ACSP', 'payment.ACTC'];
    expect(stack.verdicts).toMatchObject(changes.map((eventType) => ({ eventType })));
  });

  test('refuses what it does not understand', async () => {
    await expect(stack.act('payment_outcome', { outcome: 'explode' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  test('forgets everything on reset, payments under way included', async () => {
    const reference = await pay('DNB');
    stack.emulator.reset();
    await stack.pass(5_000);
    await expect(read(reference)).rejects.toMatchObject({ code: 'payment_unknown' });
    expect(stack.emulator.state()).toMatchObject({ sessions: [], payments: [], webhooks: { sent: 0 } });
    const { accounts } = stack.emulator.state() as { accounts: { bookedOere: number }[] };
    expect(new Set(accounts.map(({ bookedOere }) => bookedOere))).toEqual(new Set([2_500_000, 30_000]));
  });

  test('shows no whole account number, code or key', async () => {
    await grant('DNB');
    const state = JSON.stringify(stack.emulator.state());
    expect(state).not.toMatch(/12345678903|PRIVATE KEY/);
  });
});

test('the certificate of webhooks is one that anybody can check', async () => {
  const response = await request(`${stack.origin}/certs/webhooks.pem`);
  const certificate = new X509Certificate(await response.body.text());
  expect(certificate.subject).toBe('CN=Sandbox webhooks');
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.validFromDate < stack.clock.now() && stack.clock.now() < certificate.validToDate).toBe(
    true,
  );
  expect(createHash('sha256').update(certificate.raw).digest('hex')).toBe(
    certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
  );
});

const never = { cancel: () => undefined };
