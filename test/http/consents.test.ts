import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { redirectUrlOf } from '#domain/banking/next-step.ts';
import type { Bank } from '#http/contract/banks.ts';
import type { Consents } from '#http/contract/consents.ts';
import { listAccounts } from '#store/bank-accounts.ts';
import { insertConnection } from '#store/bank-connections.ts';
import { noteConsentEnd } from '#usecases/banking/consent-end.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { refreshBalance } from '#usecases/banking/refresh-balance.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { testContext, type TestContext } from '../support/context.ts';
import { signedIn, testApp, type SignedIn } from '../support/http-app.ts';

const access = { kind: 'attended', ipAddress: '192.0.2.7', userAgent: 'test' } as const;
const dayMs = 86_400_000;

let context: TestContext;
let kari: SignedIn;
beforeEach(async () => {
  context = await testContext();
  kari = await signedIn(context);
});

async function link(bankId = context.bankId): Promise<string> {
  const { id, next } = await startConnection(context, kari.user, { bankId, access, locale: 'nb' });
  const parameters = new URL(redirectUrlOf(next) ?? '').searchParams;
  await returnFromBank(context, kari.user, { parameters, access });
  return id;
}

function ask(path: string, { headers, ...request }: RequestInit & { headers: { cookie: string } }) {
  const origin = 'http://localhost:3000';
  const sent = { ...headers, origin, 'content-type': 'application/json' };
  return testApp(context).request(path, { ...request, headers: sent });
}

async function read(
  path = '/api/consents',
  { headers }: Pick<SignedIn, 'headers'> = kari,
): Promise<Consents> {
  return (await (await ask(path, { headers })).json()) as Consents;
}

describe('the consents of a customer', () => {
  test('are shown with their purpose, their scope, their validity and who reads', async () => {
    const id = await link();
    const at = context.clock.now();
    const account = { readAt: at.toISOString(), isReadAttended: true, unattendedReads: 0 };
    expect(await read()).toEqual({
      consents: [
        {
          id,
          bankName: 'DNB',
          readThrough: context.services.openBanking.all()[0]?.intermediary ?? null,
          status: 'active',
          purposes: ['show_balance', 'check_funds'],
          reads: ['account_name', 'account_number', 'balance'],
          accounts: [
            expect.objectContaining({ name: 'Brukskonto', ...account }),
            expect.objectContaining({ name: 'Sparekonto', ...account }),
          ],
          createdAt: at.toISOString(),
          validUntil: new Date(at.getTime() + 180 * dayMs).toISOString(),
          endedAt: null,
          endCause: null,
          isEndingAtBank: false,
          isRenewable: false,
        },
      ],
      unattendedReadsMax: 4,
      nextCursor: null,
    });
  });

  test('say how often an account was read without its holder in the last 24 hours', async () => {
    await link();
    const [account] = await listAccounts(context.store.database, kari.user.id, context.clock.now());
    const reading = { accountId: account?.id ?? '', access: { kind: 'unattended' } } as const;
    await refreshBalance(context, kari.user, reading);
    context.clock.advance(1_000);
    await refreshBalance(context, kari.user, reading);
    const shown = async () => (await read()).consents[0]?.accounts[0];
    const readAt = context.clock.now().toISOString();
    expect(await shown()).toMatchObject({ readAt, isReadAttended: false, unattendedReads: 2 });
    context.clock.advance(dayMs - 1_000);
    kari = { ...kari, ...(await again(kari)) };
    expect(await shown()).toMatchObject({ readAt, isReadAttended: false, unattendedReads: 1 });
  });

  test('can be renewed from 14 days before their end on, and afterwards', async () => {
    await link();
    const renewable = async () => {
      kari = { ...kari, ...(await again(kari)) };
      return (await read()).consents.map(({ status, isRenewable }) => ({ status, isRenewable }));
    };
    context.clock.advance(166 * dayMs - 1);
    expect(await renewable()).toEqual([{ status: 'active', isRenewable: false }]);
    context.clock.advance(1);
    expect(await renewable()).toEqual([{ status: 'active', isRenewable: true }]);
    context.clock.advance(14 * dayMs);
    expect(await renewable()).toEqual([{ status: 'expired', isRenewable: true }]);
  });

  test.each([
    ['revoked', 'withdrawn_at_bank'],
    ['expired', 'expired'],
  ] as const)(
    'that the bank ended (%s) are shown with the time at which that was noticed',
    async (end, why) => {
      const id = await link();
      context.clock.advance(60_000);
      await noteConsentEnd(context, { id, userId: kari.user.id }, end);
      const endedAt = context.clock.now().toISOString();
      const isRenewable = true;
      expect((await read()).consents).toMatchObject([{ status: end, endCause: why, endedAt, isRenewable }]);
    },
  );

  test('that the customer withdrew are shown as such, and are not offered anew', async () => {
    const id = await link();
    expect((await ask(`/api/bank-connections/${id}`, { ...kari, method: 'DELETE' })).status).toBe(204);
    const endedAt = context.clock.now().toISOString();
    expect((await read()).consents).toMatchObject([
      {
        status: 'revoked',
        endCause: 'withdrawn_in_drop',
        endedAt,
        isEndingAtBank: false,
        isRenewable: false,
      },
    ]);
  });

  test('whose time has passed are shown as expired at that time, before that is noted', async () => {
    await link();
    const [{ validUntil } = {}] = (await read()).consents;
    context.clock.advance(181 * dayMs);
    kari = { ...kari, ...(await again(kari)) };
    expect((await read()).consents).toMatchObject([
      { status: 'expired', endCause: 'expired', endedAt: validUntil },
    ]);
  });

  test('come in pages, those in force first and the newest of each first', async () => {
    const old = await link();
    const ended: string[] = [];
    for (let number = 0; number < 25; number += 1) {
      context.clock.advance(1_000);
      ended.unshift(await failed());
    }
    const first = await read();
    const second = await read(`/api/consents?cursor=${first.nextCursor}`);
    const ids = [...first.consents, ...second.consents].map(({ id }) => id);
    expect(first.consents).toHaveLength(20);
    expect(ids).toEqual([old, ...ended]);
    expect(second.nextCursor).toBeNull();
  });

  test('do not include one that was begun and not given', async () => {
    await startConnection(context, kari.user, { bankId: context.bankId, access, locale: 'nb' });
    expect((await read()).consents).toEqual([]);
  });

  test('are shown to nobody else, whatever cursor is given', async () => {
    const id = await link();
    const other = await signedIn(context);
    expect((await read('/api/consents', other)).consents).toEqual([]);
    expect((await read(`/api/consents?cursor=${id}`, other)).consents).toEqual([]);
    expect((await ask('/api/consents', { headers: { cookie: '' } })).status).toBe(401);
    expect((await ask('/api/consents?cursor=x', kari)).status).toBe(400);
  });
});

describe('the renewal of a consent', () => {
  const renew = (body: object, as: SignedIn = kari) =>
    ask('/api/bank-connections', { ...as, method: 'POST', body: JSON.stringify(body) });

  const begin = async (body: object) =>
    (await (await renew(body)).json()) as { id: string; consentUrl: string };

  const comeBack = async ({ consentUrl }: { consentUrl: string }) =>
    returnFromBank(context, kari.user, { parameters: new URL(consentUrl).searchParams, access });

  test('is offered at its own bank, and leads to that bank', async () => {
    const [, nordea] = (await context.services.openBanking.all()[0]?.ais?.listBanks()) ?? [];
    const id = await link(nordea?.id);
    const { banks } = (await (await ask(`/api/banks?renews=${id}`, kari)).json()) as { banks: Bank[] };
    expect(banks.map((bank) => bank.id)).toEqual([nordea?.id]);
    const answer = await renew({ renews: id });
    expect(answer.status).toBe(201);
    const begun = (await answer.json()) as { id: string; consentUrl: string };
    const parameters = new URL(begun.consentUrl).searchParams;
    await returnFromBank(context, kari.user, { parameters, access });
    expect((await read()).consents).toMatchObject([
      { id: begun.id, bankName: nordea?.name, status: 'active' },
      { id, endCause: 'replaced', isEndingAtBank: true, isRenewable: false },
    ]);
  });

  test.each([
    [
      'one after the other',
      async (returns: (() => Promise<unknown>)[]) => {
        for (const give of returns) await give();
      },
    ],
    ['at once', async (returns: (() => Promise<unknown>)[]) => Promise.all(returns.map((give) => give()))],
  ])('that is begun twice and given %s leaves one consent in force', async (_, give) => {
    const id = await link();
    const begun = [await begin({ renews: id }), await begin({ renews: id })];
    await give(begun.map((each) => () => comeBack(each)));
    const { consents } = await read();
    expect(consents.map(({ status, endCause }) => [status, endCause])).toEqual([
      ['active', null],
      ['revoked', 'replaced'],
      ['revoked', 'replaced'],
    ]);
  });

  test("of another customer's consent is not found", async () => {
    const id = await link();
    const other = await signedIn(context);
    expect((await renew({ renews: id }, other)).status).toBe(404);
    expect((await ask(`/api/banks?renews=${id}`, other)).status).toBe(404);
  });

  test('of a consent that was never given is not found', async () => {
    expect((await renew({ renews: await failed() })).status).toBe(404);
  });

  test('is not found where its provider is no longer configured', async () => {
    const id = await link();
    await context.store.pool.query(`update bank_connections set provider = 'gone'`);
    expect((await renew({ renews: id })).status).toBe(404);
  });

  test('names a consent or a bank, and not both', async () => {
    for (const body of [{}, { bankId: context.bankId, renews: randomUUID() }])
      expect((await renew(body)).status).toBe(400);
  });
});

/** A consent that the bank gave and Drop could not use. */
async function failed(): Promise<string> {
  const id = randomUUID();
  const provider = context.services.openBanking.forNewConsent({ customerId: kari.user.id }).id;
  const bank = { provider, bankId: context.bankId, bankName: 'DNB', paymentBankId: undefined };
  const createdAt = context.clock.now();
  const { database, pool } = context.store;
  await insertConnection(database, { id, userId: kari.user.id, ...bank, state: id, createdAt });
  await pool.query(`update bank_connections set status = 'failed', ended_at = $2 where id = $1`, [
    id,
    createdAt,
  ]);
  return id;
}

/** The same customer, who signs in again when the session is over. */
async function again({ user }: SignedIn): Promise<Pick<SignedIn, 'headers'>> {
  const { user: other, headers } = await signedIn(context);
  await context.store.pool.query('update sessions set user_id = $1 where user_id = $2', [user.id, other.id]);
  return { headers };
}
