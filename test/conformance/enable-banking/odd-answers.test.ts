import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '#configuration/config.ts';
import { initializeServices } from '#services/index.ts';
import type { ConsentedAccount, ConsentGrant, ConsentRequest } from '#services/open-banking/service.ts';
import { createMetrics } from '#process/metrics/metrics.ts';
import { callbackUrl } from '../open-banking-stack.ts';
import { dropError } from '../open-banking-subjects.ts';
import { OverriddenWorld, type Json } from './overridden-world.ts';
import { attended } from './world.ts';
import { redirectUrlOf } from '#domain/banking/next-step.ts';
import { accountKey, memorySecrets } from '../../support/provider-keys.ts';

let overridden: OverriddenWorld;
beforeEach(async () => {
  overridden = await OverriddenWorld.start();
});
afterEach(() => overridden.close());

const consentRequest = (bankId = 'DNB'): ConsentRequest => ({
  bankId,
  state: randomUUID(),
  redirectUri: callbackUrl,
  customer: { id: 'c' },
  locale: 'nb',
  secrets: memorySecrets(),
});

async function grant(bankId?: string): Promise<ConsentGrant> {
  const request = consentRequest(bankId);
  const { next, reference } = await overridden.ais.startConsent(request, attended);
  const parameters = await overridden.world.stack.visit(redirectUrlOf(next), 'approve');
  const pending = { ...request, reference };
  const progress = await overridden.ais.completeConsent({ parameters, pending }, attended);
  if (progress.kind !== 'granted') throw new RangeError('the consent is granted');
  return progress.grant;
}

/** Changes the first account of a session, or puts something in its place. */
const firstAccount = (change: unknown) => (body: Json) => {
  const [first, ...rest] = body['accounts'] as Json[];
  return {
    ...body,
    accounts: [change && typeof change === 'object' ? { ...first, ...change } : change, ...rest],
  };
};

const numbersOf = ({ accounts }: ConsentGrant): unknown => accounts.map(({ accountNumber }) => accountNumber);

describe('a session', () => {
  test('gives its other accounts where one is odd, and says how many and why', async () => {
    overridden.override('POST /sessions', firstAccount({ uid: 7, identification_hash: 'canary' }));
    expect(numbersOf(await grant())).toEqual(['86011117947']);
    const operation = 'enable-banking.authorize_session';
    expect(overridden.world.stack.counted).toEqual([{ provider: 'enable-banking', operation, count: 1 }]);
    expect(overridden.world.stack.logged).toEqual([
      {
        message: `${operation}: parts of the answer could not be read`,
        details: { provider: 'enable-banking', operation, count: 1, fields: ['accounts: uid'] },
      },
    ]);
    expect(overridden.asked('GET /sessions')).toBe(0);
  });

  test('whose id is longer than what can be kept is none', async () => {
    overridden.override('POST /sessions', (body) => ({ ...body, session_id: 'a'.repeat(8_000) }));
    await expect(grant()).rejects.toMatchObject({ code: 'provider_invalid_response' });
  });

  test('needs no identification hash where there is a number', async () => {
    overridden.override(
      'POST /sessions',
      firstAccount({ identification_hash: null, identification_hashes: null }),
    );
    expect(numbersOf(await grant())).toEqual(['12345678903', '86011117947']);
  });

  const without =
    (...names: string[]) =>
    (body: Json) =>
      Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));

  test.each([
    ['its accounts', without('accounts')],
    ['accounts that are no list', (body: Json) => ({ ...body, accounts: 'canary' })],
    ['any account that can be read', (body: Json) => ({ ...body, accounts: [null, { uid: 1 }] })],
    ['its bank', without('aspsp')],
    ['its access', without('access')],
    ['a date that is one', (body: Json) => ({ ...body, access: { valid_until: 'soon' } })],
    ['all but its id', (body: Json) => ({ session_id: body['session_id'] })],
  ])('that was granted without %s is read again', async (_what, change) => {
    const whole = await grant();
    overridden.override('POST /sessions', change);
    const found = await grant();
    expect(found.bankId).toBe('DNB');
    expect(found.validUntil).toEqual(whole.validUntil);
    const marks = ({ identity, accountNumber, name, currency }: ConsentedAccount) => ({
      identity,
      accountNumber,
      name,
      currency,
    });
    expect(found.accounts.map(marks)).toEqual(whole.accounts.map(marks));
    expect(found.accounts.map(({ reference }) => reference.replace(/^[^+@]+/, ''))).toEqual([
      '@DNB',
      '+credit@DNB',
    ]);
    expect(overridden.openSessions()).toHaveLength(2);
    await overridden.ais.readBalance(accountKey(found.accounts[0]?.reference), attended);
  });

  test('whose accounts cannot be read one by one either keeps the accounts as the session lists them', async () => {
    overridden.override('POST /sessions', without('accounts'));
    overridden.world.stack.faults.add({ operation: 'get_account_details', effect: 'status', status: 404 });
    const { accounts } = await grant();
    expect(accounts).toMatchObject([
      { accountNumber: undefined, currency: undefined, identity: expect.stringMatching(/./) as unknown },
      { accountNumber: undefined, currency: undefined, identity: expect.stringMatching(/./) as unknown },
    ]);
    // The bank did not say that there is no credit, so credit is assumed.
    expect(accounts.every(({ reference }) => reference.endsWith('+credit@DNB'))).toBe(true);
  });

  test('whose account is described by another one keeps what the session says of it', async () => {
    overridden.override('POST /sessions', without('accounts'));
    const uid = '0f8fad5b-d9cb-469f-a165-70867728950e';
    overridden.override('GET /accounts/details', (body) => ({ ...body, uid }));
    const { accounts } = await grant();
    expect(accounts.map(({ accountNumber }) => accountNumber)).toEqual([undefined, undefined]);
  });

  test('is read again as a request of the present customer', async () => {
    overridden.override('POST /sessions', without('accounts'));
    await grant();
    const details = overridden.requests.filter(({ name }) => name === 'GET /accounts/details');
    expect(details.map(({ headers }) => headers.get('psu-ip-address'))).toEqual(['192.0.2.7', '192.0.2.7']);
  });

  test.each([
    [
      'no account that can be used',
      { 'POST /sessions': without('accounts'), 'GET /sessions': without('accounts', 'accounts_data') },
    ],
    [
      'blocked accounts only',
      {
        'POST /sessions': blocked,
        'GET /sessions': (body: Json) => ({ ...body, accounts: [], accounts_data: [] }),
      },
    ],
    ['no bank', { 'POST /sessions': without('aspsp'), 'GET /sessions': without('aspsp') }],
    ['no date', { 'POST /sessions': without('access'), 'GET /sessions': without('access') }],
  ])('that has %s is ended at the provider', async (_what, changes) => {
    for (const [operation, change] of Object.entries(changes)) overridden.override(operation, change);
    await expect(grant()).rejects.toEqual(dropError('consent_failed', 'refused'));
    expect(overridden.asked('DELETE /sessions')).toBe(1);
    expect(overridden.openSessions()).toEqual([]);
  });

  test('that cannot be read again is ended at the provider', async () => {
    overridden.override('POST /sessions', without('accounts'));
    overridden.world.stack.faults.add({ operation: 'get_session', effect: 'status', status: 500 });
    await expect(grant()).rejects.toEqual(dropError('consent_failed', 'refused'));
    expect(overridden.openSessions()).toEqual([]);
  });

  test('that the bank ended meanwhile is no consent', async () => {
    overridden.override('POST /sessions', without('accounts'));
    overridden.override('GET /sessions', (body) => ({ ...body, status: 'REVOKED' }));
    await expect(grant()).rejects.toEqual(dropError('consent_failed', 'refused'));
  });

  test('that cannot be ended is no consent all the same', async () => {
    overridden.override('POST /sessions', without('aspsp'));
    overridden.override('GET /sessions', without('aspsp'));
    overridden.world.stack.faults.add({ operation: 'delete_session', effect: 'status', status: 500 });
    await expect(grant()).rejects.toEqual(dropError('consent_failed', 'refused'));
    expect(overridden.world.stack.logged).toContainEqual(
      expect.objectContaining({ message: 'a session that could not be used could not be ended either' }),
    );
  });

  test('without an id is an answer that cannot be read', async () => {
    overridden.override('POST /sessions', without('session_id'));
    await expect(grant()).rejects.toEqual(dropError('provider_invalid_response', 'unknown'));
  });

  test('whose end has no offset ends by UTC', async () => {
    overridden.override('POST /sessions', (body) => ({
      ...body,
      access: { valid_until: '2026-03-01T10:00:00' },
    }));
    expect((await grant()).validUntil).toEqual(new Date('2026-03-01T10:00:00Z'));
  });

  test('of another bank says so', async () => {
    overridden.override('POST /sessions', (body) => ({ ...body, aspsp: { name: 'Nordea', country: 'NO' } }));
    expect((await grant()).bankId).toBe('Nordea');
  });
});

function blocked(body: Json): Json {
  return { ...body, accounts: (body['accounts'] as Json[]).map((account) => ({ ...account, uid: null })) };
}

describe('balances', () => {
  const available = { balance_type: 'ITAV', balance_amount: { currency: 'NOK', amount: '3.00' } };
  const odd = { balance_type: 'CLAV', balance_amount: { currency: 'NOK', amount: null } };

  test('that can be read count beside an odd one, which is counted', async () => {
    const [account] = (await grant()).accounts;
    overridden.override('GET /accounts/balances', () => ({ balances: [odd, available] }));
    expect(await overridden.ais.readBalance(accountKey(account?.reference), attended)).toEqual({
      money: { amount: 300, currency: 'NOK' },
      kind: 'available',
      wireType: 'ITAV',
    });
    expect(overridden.world.stack.counted).toEqual([
      { provider: 'enable-banking', operation: 'enable-banking.get_balances', count: 1 },
    ]);
  });

  test('of which none can be read are none', async () => {
    const [account] = (await grant()).accounts;
    overridden.override('GET /accounts/balances', () => ({ balances: [odd] }));
    await expect(overridden.ais.readBalance(accountKey(account?.reference), attended)).rejects.toEqual(
      dropError('bank_unavailable', 'refused'),
    );
  });

  test('of an account in euro are in euro where there are any', async () => {
    overridden.override('POST /sessions', firstAccount({ currency: 'EUR' }));
    const [account] = (await grant()).accounts;
    const euro = { balance_type: 'ITAV', balance_amount: { currency: 'EUR', amount: '7.00' } };
    overridden.override('GET /accounts/balances', () => ({ balances: [available, euro] }));
    expect(await overridden.ais.readBalance(accountKey(account?.reference), attended)).toMatchObject({
      money: { amount: 700, currency: 'EUR' },
    });
  });

  test('are read unattended where the bank wants to know more of the customer than it said', async () => {
    const [account] = (await grant('Nordea')).accounts;
    const banks = (body: Json): Json => ({
      aspsps: (body['aspsps'] as Json[]).map((bank) => ({
        ...bank,
        required_psu_headers: ['Psu-Ip-Address', null],
      })),
    });
    overridden.override('GET /aspsps', banks);
    overridden.world.stack.clock.advance(3_600_000);
    const access = { ...attended, userAgent: undefined };
    expect(await overridden.ais.readBalance(accountKey(account?.reference), access)).toMatchObject({
      kind: 'available',
    });
    const reads = overridden.requests.filter(({ name }) => name === 'GET /accounts/balances');
    expect(reads.map(({ headers }) => headers.get('psu-ip-address'))).toEqual(['192.0.2.7', null]);
  });

  test('are read though the bank has left the list', async () => {
    const [account] = (await grant()).accounts;
    overridden.override('GET /aspsps', (body) => ({
      aspsps: [{ name: 7 }, ...(body['aspsps'] as Json[]).slice(1)],
    }));
    overridden.world.stack.clock.advance(3_600_000);
    expect(await overridden.ais.listBanks()).toHaveLength(4);
    expect(await overridden.ais.readBalance(accountKey(account?.reference), attended)).toMatchObject({
      kind: 'available',
    });
  });
});

test('odd items are counted in the metrics of a Drop that is configured so', async () => {
  const metrics = createMetrics({
    outbounds: () => [],
    droppedCalls: () => 0,
  });
  const elsewhere = ['BANKID_ISSUER', 'SUMSUB_API_URL', 'SUMSUB_WEBSDK_SCRIPT_URL', 'SUMSUB_WEBSDK_BASE_URL'];
  const secrets = ['BANKID_CLIENT_ID', 'BANKID_CLIENT_SECRET', 'SUMSUB_APP_TOKEN', 'SUMSUB_SECRET_KEY'];
  const config = loadConfig({
    DROP_ENVIRONMENT: 'sandbox',
    OPENBANKING_PROVIDER: 'enable-banking',
    NATIONAL_ID_HASH_KEY: Buffer.alloc(32, 7).toString('base64'),
    DATA_ENCRYPTION_KEY: Buffer.alloc(32, 8).toString('base64'),
    AUDIT_SIGNING_KEY: Buffer.alloc(32, 10).toString('base64'),
    ...Object.fromEntries(elsewhere.map((name) => [name, 'http://localhost:1'])),
    ...Object.fromEntries(secrets.map((name) => [name, 'x'])),
    ...overridden.environment,
  });
  const { clock } = overridden.world.stack;
  const services = await initializeServices({ config, clock, onOddItems: metrics.countOddItems });
  onTestFinished(() => services.close(0));
  overridden.override('GET /aspsps', (body) => ({ aspsps: [null, ...(body['aspsps'] as Json[])] }));
  expect(await services.openBanking.forNewConsent({ customerId: 'c' }).ais?.listBanks()).toHaveLength(5);
  expect(await metrics.text()).toContain(
    'drop_provider_odd_items_total{provider="enable-banking",operation="enable-banking.list_aspsps"} 2',
  );
});

describe('a bank', () => {
  const consentOf = (maximum_consent_validity: unknown) => (body: Json) => ({
    aspsps: (body['aspsps'] as Json[]).map((bank) => ({ ...bank, maximum_consent_validity })),
  });

  test.each([1, 60, 599, 600, 601, 6_000, 6_001])(
    'that consents for %i seconds is asked for a date in the future, within them',
    async (seconds) => {
      overridden.override('GET /aspsps', consentOf(seconds));
      const { next } = await overridden.ais.startConsent(consentRequest(), attended);
      expect(redirectUrlOf(next)).toMatch(/^http/);
      const [session] = (overridden.world.stack.emulator.state() as { consents: { validUntil: Date }[] })
        .consents;
      const askedMs = (session?.validUntil.getTime() ?? 0) - overridden.world.stack.clock.now().getTime();
      expect(askedMs).toBeGreaterThan(0);
      expect(askedMs).toBe(Math.floor(seconds * 1000 - Math.min(600_000, seconds * 100)));
    },
  );

  test('that says nonsense of its consents is left out and counted, and the others are there', async () => {
    overridden.override('GET /aspsps', (body) => {
      const [first, ...rest] = body['aspsps'] as Json[];
      return { aspsps: [{ ...first, maximum_consent_validity: 0 }, ...rest] };
    });
    expect((await overridden.ais.listBanks()).map(({ name }) => name)).toEqual([
      ...['Nordea', 'Handelsbanken', 'SpareBank 1', 'Sbanken (DNB)'],
    ]);
    const counted = { provider: 'enable-banking', operation: 'enable-banking.list_aspsps', count: 1 };
    expect(overridden.world.stack.counted).toEqual([counted, counted]);
  });
});

test('pages of transactions that lead back to one that was read are read once', async () => {
  let firstKey: unknown;
  overridden.override('GET /accounts/transactions', (body) => {
    return { ...body, continuation_key: (firstKey ??= body['continuation_key']) };
  });
  const { reference, accounts } = await grant();
  const [first] = accounts;
  const consent = { reference, bankId: 'DNB', secrets: memorySecrets({ transactions: 'covered' }) };
  const account = { reference: first?.reference ?? '', consent };
  const now = overridden.world.stack.clock.now();
  const day = (ago: number): string => new Date(now.getTime() - ago * 86_400_000).toISOString().slice(0, 10);
  const period = { from: day(150), to: day(0) };
  await overridden.ais.transactions?.readTransactions(account, period, { kind: 'unattended' });
  expect(firstKey).toEqual(expect.any(String));
  expect(overridden.asked('GET /accounts/transactions')).toBe(2);
});
