import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { syntheticNationalIdentityNumber } from '#domain/identity/national-identity-number.ts';
import { createChangeFeed } from '#http/change-feed.ts';
import { listAccounts } from '#store/bank-accounts.ts';
import { findUser, setKycStatus } from '#store/users.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import type { Customer, IdentityNeed, OpenBankingProvider } from '#services/open-banking/service.ts';
import { listPayments } from '../support/customer-payments.ts';
import { testContext } from '../support/context.ts';
import { testApp } from '../support/http-app.ts';

const access = { kind: 'attended', ipAddress: '127.0.0.1', userAgent: 'test' } as const;
/** Of the person whom the mock of BankID signs in. */
const number = syntheticNationalIdentityNumber('1990-05-17');

type Send = (
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: object,
) => Promise<Response>;

/** What providers were told of the customer, in plain. */
type Told = { name: string; number: string | undefined } | undefined;

function toldOf({ customer: { name, nationalIdentityNumber } }: { customer: Customer }): Told {
  return name === undefined ? undefined : { name, number: nationalIdentityNumber?.reveal() };
}

/** Drop whose provider declares `needs`, and that some of its banks may need `mayNeed`. */
async function stand(
  needs: readonly IdentityNeed[],
  baseUrl = 'http://localhost:3000',
  mayNeed: readonly IdentityNeed[] = [],
) {
  const context = await testContext();
  const told: Told[] = [];
  const provider = context.services.openBanking.forNewConsent({ customerId: 'c' });
  const { ais, pis } = provider;
  if (!ais || !pis) throw new RangeError('the mock has both');
  const identifying: OpenBankingProvider = {
    ...provider,
    needsIdentity: needs,
    mayNeedIdentity: mayNeed,
    ais: {
      ...ais,
      startConsent: (request, by) => (told.push(toldOf(request)), ais.startConsent(request, by)),
    },
    pis: {
      ...pis,
      initiatePayment: (request, by) => (told.push(toldOf(request)), pis.initiatePayment(request, by)),
    },
  };
  context.services.openBanking = {
    forNewConsent: () => identifying,
    pinned: () => identifying,
    all: () => [identifying],
  };
  const app = testApp(context, createChangeFeed(), { baseUrl });
  const send: Send = async (method, path, headers, body) => {
    const init = { method, headers: { 'content-type': 'application/json', ...headers } };
    return app.request(path, body ? { ...init, body: JSON.stringify(body) } : init);
  };
  return { context, told, send, signIn: (cookie = '') => signIn(send, cookie) };
}

type Stand = Awaited<ReturnType<typeof stand>>;

/** Signs in; the cookies that the browser was given. */
async function signIn(send: Send, before: string): Promise<string[]> {
  const started = await send('GET', '/api/auth/bankid', {});
  const { pathname, search } = new URL(started.headers.get('location') ?? '');
  const cookie = [before, ...started.headers.getSetCookie().map(pairOf)].filter(Boolean).join('; ');
  return (await send('GET', `${pathname}${search}`, { cookie })).headers.getSetCookie();
}

const pairOf = (cookie: string): string => cookie.split(';')[0] ?? '';
const identityIn = (cookies: string[]): string | undefined =>
  cookies.find((each) => /drop-identity=/.test(each));
const sent = (cookies: string[]): { cookie: string } => ({ cookie: cookies.map(pairOf).join('; ') });

/** Lets the person who is signed in pay. */
async function verify({ context }: Stand): Promise<string> {
  const [{ id } = { id: '' }] = await context.store.database.selectFrom('users').select('id').execute();
  await setKycStatus(context.store.database, id, 'approved');
  return id;
}

const connect = ({ send, context }: Stand, headers: Record<string, string>) =>
  send('POST', '/api/bank-connections', headers, { bankId: context.bankId });

const numberAndName = ['name', 'national_identity_number'] as const;

describe('the cookie with the number', () => {
  test('is encrypted, for this host, unreadable to scripts, and gone with the session', async () => {
    const { signIn: enter } = await stand(numberAndName, 'https://getdrop.example');
    const [session = '', identity = ''] = await enter();
    expect(identity).toMatch(/^__Host-drop-identity=v1\.demo\.[\w-]+;/);
    expect(identity).not.toContain(number);
    const attributes = (cookie: string) => cookie.split('; ').slice(1).toSorted();
    expect(attributes(identity)).toEqual(
      ['HttpOnly', 'Max-Age=43200', 'Path=/', 'SameSite=Lax', 'Secure'].toSorted(),
    );
    expect(attributes(identity)).toEqual(attributes(session));
  });

  test.each([
    ['nothing', []],
    ['the name alone', ['name']],
  ] as const)('is not set when providers need %s', async (_what, needs) => {
    const { signIn: enter } = await stand(needs);
    expect(await enter()).toEqual([expect.stringMatching(/^drop-session=/)]);
  });

  test('of an earlier session is taken away by a sign-in that needs none', async () => {
    const { signIn: enter } = await stand([]);
    expect(identityIn(await enter('drop-identity=v1.demo.AAAA'))).toMatch(/^drop-identity=;.*Max-Age=0/);
  });

  test.each([
    ['signing out', 'POST', () => '/api/auth/logout'],
    ['signing out everywhere', 'POST', () => '/api/auth/logout-everywhere'],
    ['ending this device', 'DELETE', (id: string) => `/api/devices/${id}`],
  ] as const)('is taken away by %s', async (_how, method, pathOf) => {
    const drop = await stand(numberAndName);
    const cookies = await drop.signIn();
    const sessions = drop.context.store.database.selectFrom('sessions').select('id');
    const { id } = await sessions.executeTakeFirstOrThrow();
    const ended = await drop.send(method, pathOf(id), sent(cookies), {});
    expect(ended.status).toBe(204);
    expect(identityIn(ended.headers.getSetCookie())).toMatch(/^drop-identity=;.*Max-Age=0/);
  });
});

describe('a provider is told', () => {
  test.each([
    ['nothing, when it declares nothing', [], undefined],
    ['the name alone, when it declares that', ['name'], { name: 'Mia Mock', number: undefined }],
    ['name and number, when it declares both', numberAndName, { name: 'Mia Mock', number }],
  ] as const)('%s', async (_what, needs, expected) => {
    const drop = await stand(needs);
    const cookies = await drop.signIn();
    const userId = await verify(drop);
    const connected = await connect(drop, sent(cookies));
    expect(connected.status).toBe(201);
    const { consentUrl } = (await connected.json()) as { consentUrl: string };
    const { database } = drop.context.store;
    const user = await findUser(database, userId);
    if (!user) throw new RangeError('the user is there');
    await returnFromBank(drop.context, user, { parameters: new URL(consentUrl).searchParams, access });
    const [account] = await listAccounts(database, userId, drop.context.clock.now());
    const paid = await drop.send(
      'POST',
      '/api/payments',
      { ...sent(cookies), 'idempotency-key': randomUUID() },
      {
        accountId: account?.id,
        amount: { amount: 25_000, currency: 'NOK' },
        creditor: { name: 'Strøm AS', accountNumber: '15032080178' },
      },
    );
    expect(paid.status).toBe(201);
    expect(drop.told).toEqual([expected, expected]);
  });

  test('the number by a request that has it, while nothing of Drop’s holds or logs it', async () => {
    const drop = await stand(numberAndName);
    const cookies = await drop.signIn();
    await verify(drop);
    await connect(drop, sent(cookies));
    expect(drop.told).toEqual([{ name: 'Mia Mock', number }]);
    const { rows } = await drop.context.store.pool.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`,
    );
    for (const { name } of rows) {
      const { rows: held } = await drop.context.store.pool.query(`select t::text from "${name}" as t`);
      expect(JSON.stringify(held), name).not.toContain(number);
      expect(JSON.stringify(held), name).not.toContain('v1.demo');
    }
    expect(JSON.stringify(drop.context.logged)).not.toContain(number);
  });
});

describe('where only some banks of a provider need the number', () => {
  const standOf = () => stand(['name'], undefined, ['national_identity_number']);

  test('the provider is told the number by a request that has it', async () => {
    const drop = await standOf();
    const cookies = await drop.signIn();
    await verify(drop);
    expect((await connect(drop, sent(cookies))).status).toBe(201);
    expect(drop.told).toEqual([{ name: 'Mia Mock', number }]);
  });

  test('a request without the number begins a consent all the same, with the name alone', async () => {
    const drop = await standOf();
    const [session = ''] = await drop.signIn();
    await verify(drop);
    expect((await connect(drop, { cookie: pairOf(session) })).status).toBe(201);
    expect(drop.told).toEqual([{ name: 'Mia Mock', number: undefined }]);
  });
});

describe('where a provider needs the number', () => {
  const refused = { status: 403, code: 'national_id_required' };

  async function refusal(drop: Stand, headers: Record<string, string>): Promise<unknown> {
    const answer = await connect(drop, headers);
    const { code } = (await answer.json()) as { code?: string };
    expect(drop.told).toEqual([]);
    const connections = drop.context.store.database.selectFrom('bank_connections').select('id');
    expect(await connections.execute()).toEqual([]);
    return { status: answer.status, code };
  }

  test('a session without the cookie begins no consent', async () => {
    const drop = await stand(numberAndName);
    const [session = ''] = await drop.signIn();
    await verify(drop);
    expect(await refusal(drop, { cookie: pairOf(session) })).toEqual(refused);
  });

  test('the cookie of another session does not count', async () => {
    const drop = await stand(numberAndName);
    const [other, own] = [await drop.signIn(), await drop.signIn()];
    await verify(drop);
    const cookie = `${pairOf(own[0] ?? '')}; ${pairOf(identityIn(other) ?? '')}`;
    expect(await refusal(drop, { cookie })).toEqual(refused);
  });

  test('a cookie that was changed does not count', async () => {
    const drop = await stand(numberAndName);
    const [session = '', identity = ''] = await drop.signIn();
    await verify(drop);
    const changed = pairOf(identity).replace(/..$/, 'AA');
    expect(await refusal(drop, { cookie: `${pairOf(session)}; ${changed}` })).toEqual(refused);
  });

  test('the app begins no consent, since its cookies do not count', async () => {
    const drop = await stand(numberAndName);
    const cookies = await drop.signIn();
    await verify(drop);
    const token = pairOf(cookies[0] ?? '').replace('drop-session=', '');
    expect(await refusal(drop, { authorization: `Bearer ${token}`, ...sent(cookies) })).toEqual(refused);
  });

  test('a payment without the number is refused before anything is stored', async () => {
    const drop = await stand([]);
    const cookies = await drop.signIn();
    const userId = await verify(drop);
    const { consentUrl } = (await (await connect(drop, sent(cookies))).json()) as { consentUrl: string };
    const { database } = drop.context.store;
    const user = await findUser(database, userId);
    if (!user) throw new RangeError('the user is there');
    await returnFromBank(drop.context, user, { parameters: new URL(consentUrl).searchParams, access });
    const [account] = await listAccounts(database, userId, drop.context.clock.now());
    const provider: OpenBankingProvider = drop.context.services.openBanking.forNewConsent({
      customerId: 'c',
    });
    const needing = { ...provider, needsIdentity: numberAndName };
    drop.context.services.openBanking.pinned = () => needing;
    const paid = await drop.send(
      'POST',
      '/api/payments',
      { ...sent(cookies), 'idempotency-key': randomUUID() },
      {
        accountId: account?.id,
        amount: { amount: 25_000, currency: 'NOK' },
        creditor: { name: 'Strøm AS', accountNumber: '15032080178' },
      },
    );
    expect([paid.status, await paid.json()]).toMatchObject([403, { code: 'national_id_required' }]);
    expect(await listPayments(database, userId, 10)).toEqual([]);
  });
});
