import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { request } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import { enableBanking } from '#services/open-banking/enable-banking/provider.ts';
import { createRouting } from '#services/open-banking/routing.ts';
import { listAccounts } from '#store/bank-accounts.ts';
import type { User } from '#store/users.ts';
import { endOwedConsents } from '#usecases/banking/end-at-provider.ts';
import { revokeConnection } from '#usecases/banking/end-connection.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { refreshBalance } from '#usecases/banking/refresh-balance.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { customer, testContext, type TestContext } from '../../support/context.ts';
import { portUntilTestEnds } from '../../support/loopback.ts';
import { callbackUrl, startEmulated } from '../open-banking-stack.ts';
import { redirectUrlOf } from '#domain/banking/next-step.ts';

const access = { kind: 'attended', ipAddress: '192.0.2.7', userAgent: undefined } as const;

interface Trouble {
  /** Whose calls fail, and which of them. */
  isMet(incoming: { method: string; url: string }, body: string): boolean;
  status: number;
  body: object;
}

/** A server that passes everything on to `origin` but what `trouble` befalls, and keeps in mind what it passed on. */
async function inFrontOf(origin: string, trouble: () => Trouble | undefined) {
  const passedOn: string[] = [];
  const server = createServer((incoming, outgoing) => void pass(incoming, outgoing));
  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await textOf(incoming);
    const { method = 'GET', url = '/', headers } = incoming;
    const met = trouble();
    if (met?.isMet({ method, url }, body)) return answer(outgoing, met.status, JSON.stringify(met.body));
    passedOn.push(url);
    const options = {
      method: method as 'GET',
      headers: passedOnOf(headers),
      body: body === '' ? null : body,
    };
    const passed = await request(`${origin}${url}`, options);
    answer(outgoing, passed.statusCode, await passed.body.text());
  }
  return { apiUrl: `http://localhost:${await portUntilTestEnds(server)}`, passedOn };
}

/** The headers that the provider evaluates. */
function passedOnOf(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
  const isMeant = ([name]: [string, unknown]) => /^(authorization|content-type|psu-.*)$/.test(name);
  return Object.fromEntries(Object.entries(headers).filter(isMeant));
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString();
}

function answer(outgoing: ServerResponse, status: number, body: string): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' }).end(body);
}

/** Expects `work` to fail each of ten times, not refused by a breaker. */
async function failsTenTimes(work: () => Promise<unknown>): Promise<void> {
  for (let time = 0; time < 10; time += 1)
    await expect(work()).rejects.toMatchObject({ code: 'bank_unavailable', details: { outcome: 'unknown' } });
}

describe('an operation that a bank refuses one customer still works for others:', () => {
  /** Drop, a provider, and between them what makes the calls fail that are said to. */
  async function stand() {
    const context = await testContext();
    context.bankCallbackUrlAt = () => callbackUrl;
    const bank = await startEmulated(enableBanking);
    onTestFinished(() => bank.close());
    let trouble: Trouble | undefined;
    const { apiUrl, passedOn } = await inFrontOf(bank.origin, () => trouble);
    const provider = bank.createClient({ ENABLE_BANKING_API_URL: apiUrl });
    context.services.openBanking = createRouting([provider], enableBanking.id);
    const link = async (user: User) => {
      const { id, next } = await startConnection(context, user, {
        bankId: 'DNB',
        access,
        locale: 'nb',
      });
      const parameters = await bank.visit(redirectUrlOf(next), 'approve');
      return { id, return: () => returnFromBank(context, user, { parameters, access }) };
    };
    return { context, link, passedOn, befall: (met: Trouble) => (trouble = met) };
  }

  const bankFails = { status: 400, body: { code: 400, error: 'ASPSP_ERROR', message: 'no' } };

  async function read(context: TestContext, user: User) {
    const [account] = await listAccounts(context.store.database, user.id, context.clock.now());
    return refreshBalance(context, user, { accountId: account?.id ?? '', access });
  }

  test('reading a balance', async () => {
    const { context, link, passedOn, befall } = await stand();
    const [ada, bo] = [await customer(context), await customer(context)];
    await (await link(ada)).return();
    const ofAda = new Set(passedOn.filter((url) => url.endsWith('/balances')));
    await (await link(bo)).return();
    befall({ ...bankFails, isMet: ({ url }) => ofAda.has(url) });
    await failsTenTimes(() => read(context, ada));
    expect((await read(context, bo)).balance).toBeDefined();
  });

  test('beginning a consent', async () => {
    const { context, link, befall } = await stand();
    const [ada, bo] = [await customer(context), await customer(context)];
    befall({ ...bankFails, isMet: (_, body) => body.includes(ada.id) });
    await failsTenTimes(() => link(ada));
    await expect(link(bo)).resolves.toHaveProperty('id');
  });

  test('ending a consent, where the cause is not known', async () => {
    const { context, link, befall } = await stand();
    const [ada, bo] = [await customer(context), await customer(context)];
    const { id, return: come } = await link(ada);
    await come();
    befall({ status: 504, body: {}, isMet: ({ method }) => method === 'DELETE' });
    await revokeConnection(context, ada, id);
    for (let time = 1; time < 10; time += 1) {
      context.clock.advance(6 * 3_600_000);
      await endOwedConsents(context);
    }
    const error = expect.objectContaining({ code: 'bank_unavailable' });
    const failed = context.logged.filter(({ message }) => message.startsWith('a consent could not be ended'));
    expect(failed.map(({ details }) => details)).toEqual(Array(10).fill({ connectionId: id, error }));
    await expect(link(bo)).resolves.toHaveProperty('id');
  });

  test('taking a customer back, where the cause is not known', async () => {
    const { context, link, befall } = await stand();
    const [ada, bo] = [await customer(context), await customer(context)];
    const begun = [];
    for (let time = 0; time < 10; time += 1) begun.push(await link(ada));
    befall({ status: 504, body: {}, isMet: ({ method, url }) => method === 'POST' && url === '/sessions' });
    for (const { return: come } of begun) expect(await come()).toBe('/banks?outcome=bank_unavailable');
    await expect(link(bo)).resolves.toHaveProperty('id');
  });
});
