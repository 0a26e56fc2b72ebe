import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { insertSession } from '#store/sessions.ts';
import { DropError } from '#domain/errors.ts';
import { purgeComparisons } from '#jobs/purge.ts';
import type { AccountInformation } from '#services/open-banking/service.ts';
import { listAccounts } from '#store/bank-accounts.ts';
import { findConnection } from '#store/bank-connections.ts';
import { findPayment } from '#store/payments.ts';
import type { User } from '#store/users.ts';
import { consentsOf } from '#usecases/banking/consent-ledger.ts';
import { endOwedConsents } from '#usecases/banking/end-at-provider.ts';
import { banksToLink } from '#usecases/banking/link-bank.ts';
import { draftOf, keepDraft } from '#usecases/payments/draft.ts';
import { pay } from '#usecases/payments/pay.ts';
import { reconcileDuePayments } from '#usecases/payments/reconcile-due.ts';
import { compareWithFormer } from '#usecases/routing/compare-with-former.ts';
import { customer } from '../../support/context.ts';
import { access, inForce, linked, renewed, routingContext, type RoutingContext } from './routing-context.ts';

const dnb = 'DNBANOKK';

/** A customer whose bank was linked at home, and who is at the next provider from the next consent on. */
async function movingCustomer() {
  const context = await routingContext({ sameAccounts: true });
  const user = await customer(context);
  const { home, next } = context;
  const bank = (await banksToLink(context, user)).find(({ key }) => key === dnb);
  const former = await linked(context, user, bank?.bank.id ?? '');
  await inForce(context, { salt: 's', home, moves: [{ to: next, whom: 'everyone', sharePercent: 100 }] });
  context.clock.advance(1_000);
  return { context, user, former, bankId: bank?.bank.id ?? '' };
}

const accountsOf = ({ store, clock }: RoutingContext, user: User) =>
  listAccounts(store.database, user.id, clock.now());

const comparisons = ({ store }: RoutingContext) =>
  store.database.selectFrom('routing_parity').selectAll().orderBy('id').execute();

function aisOf(context: RoutingContext, id: string): AccountInformation {
  const ais = context.providers.find((provider) => provider.id === id)?.ais;
  if (!ais) throw new RangeError('the mock reads accounts');
  return ais;
}

const isEndOwed = async (context: RoutingContext, user: User, id: string) =>
  (await consentsOf(context, user, undefined)).consents.find((consent) => consent.id === id)?.isEndOwed;

const form = (accountId: string) => ({
  accountId,
  amount: { amount: 25_000, currency: 'NOK' },
  creditor: { name: 'Strømselskapet AS', accountNumber: '1503 20 80178' },
  kid: '2345676',
  text: undefined,
});

test('an account stays one, with its name, balance, draft and payments, when its consent moves', async () => {
  const { context, user, former } = await movingCustomer();
  const before = await accountsOf(context, user);
  const circumstances = { idempotencyKey: randomUUID(), access, locale: 'nb' } as const;
  const request = { form: form(before[0]?.id ?? ''), circumstances };
  const open = await pay(context, user, request);
  const id = randomUUID();
  const at = context.clock.now();
  const session = { id, token: id, userId: user.id, userAgent: undefined };
  await insertSession(context.store.database, { ...session, at, expiresAt: new Date(at.getTime() + 60_000) });
  await keepDraft(context, { id, user }, '{"amount":"250"}');
  const newer = await renewed(context, user, former);
  const now = await accountsOf(context, user);
  const kept = ({ id, accountNumber, name, balance }: (typeof now)[number]) => ({
    id,
    accountNumber,
    name,
    balance,
  });
  expect(now.map(kept)).toEqual(before.map(kept));
  expect(now.map(({ provider, connectionId }) => [provider, connectionId])).toEqual(
    now.map(() => [context.next, newer]),
  );
  expect(await draftOf(context, user)).toBe('{"amount":"250"}');
  expect(await pay(context, user, request)).toMatchObject({ id: open.id, provider: context.home });
  await expect.poll(() => isEndOwed(context, user, former)).toBe(false);
  context.clock.advance(25_000);
  await reconcileDuePayments(context);
  const stored = async () => findPayment(context.store.database, { id: open.id });
  await expect.poll(stored).toMatchObject({ status: 'settled', provider: context.home });
});

test('the balances at both providers are compared before the former consent is ended, without amounts', async () => {
  const { context, user, former } = await movingCustomer();
  const asked: string[] = [];
  const ais = aisOf(context, context.home);
  const { readBalance, revokeConsent } = ais;
  ais.readBalance = async (key, by) => {
    asked.push(`read ${by.kind}`);
    return readBalance(key, by);
  };
  ais.revokeConsent = async (consent) => {
    asked.push('end');
    return revokeConsent(consent);
  };
  await renewed(context, user, former);
  await expect.poll(() => isEndOwed(context, user, former)).toBe(false);
  expect(asked).toEqual(['read attended', 'read attended', 'end']);
  const ids = (await accountsOf(context, user)).map(({ id }) => id);
  const rows = await comparisons(context);
  expect(rows.map((row) => row.account_id).toSorted()).toEqual(ids.toSorted());
  expect(rows[0]).toEqual({
    id: expect.any(Number),
    account_id: expect.any(String),
    bank_key: dnb,
    former_provider: context.home,
    new_provider: context.next,
    outcome: 'equal',
    error_code: null,
    failed_provider: null,
    apart_ms: 0,
    compared_at: context.clock.now(),
  });
  const { consents } = await consentsOf(context, user, undefined);
  const readings = consents.find(({ id }) => id === former)?.accounts;
  expect(readings).toMatchObject([{ readAt: context.clock.now() }, { readAt: context.clock.now() }]);
});

test('a comparison that comes late compares with no newer consent', async () => {
  const { context, user, former } = await movingCustomer();
  await renewed(context, user, former);
  await expect.poll(() => comparisons(context)).toHaveLength(2);
  const connection = await findConnection(context.store.database, { id: former, userId: user.id });
  if (!connection) throw new RangeError('the former consent is kept');
  await compareWithFormer(context, { connection, access, first: Promise.resolve([]) });
  expect(await comparisons(context)).toHaveLength(2);
});

test('a different balance is kept as different', async () => {
  const { context, user, former } = await movingCustomer();
  const ais = aisOf(context, context.home);
  const { readBalance } = ais;
  ais.readBalance = async (key, by) => {
    const balance = await readBalance(key, by);
    return { ...balance, money: { ...balance.money, amount: balance.money.amount + 1 } };
  };
  await renewed(context, user, former);
  await expect
    .poll(() => comparisons(context))
    .toMatchObject([{ outcome: 'different' }, { outcome: 'different' }]);
});

test.each(['home', 'next'] as const)(
  'a balance that the provider %s cannot read is kept as not readable, and the new consent stands',
  async (side) => {
    const { context, user, former } = await movingCustomer();
    const at = context[side];
    aisOf(context, at).readBalance = () => Promise.reject(new DropError('bank_unavailable'));
    const newer = await renewed(context, user, former);
    const unread = { outcome: 'not_readable', error_code: 'bank_unavailable', failed_provider: at };
    await expect.poll(() => comparisons(context)).toMatchObject([unread, unread]);
    await expect.poll(() => isEndOwed(context, user, former)).toBe(false);
    expect(await accountsOf(context, user)).toMatchObject([{ connectionId: newer }, { connectionId: newer }]);
  },
);

test('an account that the new provider does not give is kept as not readable there', async () => {
  const { context, user, former } = await movingCustomer();
  const before = await accountsOf(context, user);
  const ais = aisOf(context, context.next);
  const { completeConsent } = ais;
  ais.completeConsent = async (completion, by) => {
    const progress = await completeConsent(completion, by);
    if (progress.kind !== 'granted') return progress;
    return { ...progress, grant: { ...progress.grant, accounts: progress.grant.accounts.slice(0, 1) } };
  };
  await renewed(context, user, former);
  await expect.poll(() => isEndOwed(context, user, former)).toBe(false);
  const missing = { account_id: before[1]?.id, error_code: 'account_unknown', failed_provider: context.next };
  await expect
    .poll(() => comparisons(context))
    .toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...missing, outcome: 'not_readable' }),
        expect.objectContaining({ account_id: before[0]?.id, outcome: 'equal' }),
      ]),
    );
});

test('a former provider that hangs holds nothing up, and a job ends the former consent there', async () => {
  const { context, user, former } = await movingCustomer();
  aisOf(context, context.home).readBalance = () => new Promise(() => undefined);
  const newer = await renewed(context, user, former);
  expect(await accountsOf(context, user)).toMatchObject([{ connectionId: newer }, { connectionId: newer }]);
  await endOwedConsents(context);
  expect(await isEndOwed(context, user, former)).toBe(true);
  context.clock.advance(60_000);
  await endOwedConsents(context);
  expect(await isEndOwed(context, user, former)).toBe(false);
});

test('comparisons that cannot be stored hold nothing up, and the former consent is ended', async () => {
  const { context, user, former } = await movingCustomer();
  await context.store.pool.query('drop table routing_parity');
  await renewed(context, user, former);
  await expect.poll(() => isEndOwed(context, user, former)).toBe(false);
  await expect
    .poll(() => context.logged)
    .toContainEqual(
      expect.objectContaining({ message: 'the balances at two providers could not be compared' }),
    );
});

test('a new consent at the same bank is compared with the one that stays beside it', async () => {
  const { context, user, former, bankId } = await movingCustomer();
  await linked(context, user, bankId);
  await expect.poll(() => comparisons(context)).toMatchObject([{ outcome: 'equal' }, { outcome: 'equal' }]);
  const { consents } = await consentsOf(context, user, undefined);
  expect(consents.find(({ id }) => id === former)).toMatchObject({ status: 'active', isEndOwed: false });
});

test('comparisons are kept for a year', async () => {
  const { context, user, former } = await movingCustomer();
  await renewed(context, user, former);
  await expect.poll(() => comparisons(context)).toHaveLength(2);
  context.clock.advance(365 * 86_400_000);
  await purgeComparisons(context);
  expect(await comparisons(context)).toHaveLength(2);
  context.clock.advance(1);
  await purgeComparisons(context);
  expect(await comparisons(context)).toHaveLength(0);
});
