import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { handOver } from '#usecases/payments/hand-over.ts';
import { takeDuePayments, unresolvedPayments } from '#store/due-payments.ts';
import { sha256 } from '#store/hash.ts';
import { claimInitiation, findPayment, insertPayment, type Payment } from '#store/payments.ts';
import { reconcileDuePayments, startReconciliation } from '#usecases/payments/reconcile-due.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { concludePayment } from '#usecases/payments/report.ts';
import { customer } from '../../../support/context.ts';
import { access, initiationAs, LyingBank, readAs } from './world.ts';

/** From now on the bank never answers what it is asked about `payments`, until `release`. */
function holdReadings(
  bank: LyingBank,
  payments: readonly Payment[],
): { held: () => number; release: () => void } {
  const released = Promise.withResolvers<undefined>();
  const paths = payments.map(({ reference }) => `/payments/${reference ?? ''}`);
  let count = 0;
  bank.lie(({ path }) => {
    if (!paths.includes(path)) return undefined;
    count += 1;
    return released.promise;
  });
  return { held: () => count, release: () => released.resolve(undefined) };
}

const due = { limit: 50, perBankMax: 50, banks: [], leaseMs: 45_000 };

test('a bank that hangs holds up only its own payments, and not all of those that wait for it', async () => {
  const bank = await LyingBank.start();
  const hanging = await Promise.all(Array.from({ length: 12 }, () => bank.approved()));
  const accountId = await bank.link('SpareBank 1');
  const other = await bank.approved({ accountId });
  await bank.stack.pass(5_000);
  bank.context.clock.advance(60_000);

  const { held, release } = holdReadings(bank, hanging);
  const following = reconcileDuePayments(bank.context);
  await expect.poll(() => bank.told(other)).toEqual({ status: 'settled', moneyMoved: 'yes' });
  expect(held(), 'a bank that is not known to answer is asked about one').toBe(1);
  expect(new Set(await Promise.all(hanging.map(async (each) => (await bank.told(each)).status)))).toEqual(
    new Set(['awaiting_authorisation']),
  );
  release();
  await following;
  for (const each of hanging) expect((await bank.told(each)).status).toBe('settled');
});

test('many banks that hang keep neither other payments from being followed nor others from paying', async () => {
  const bank = await LyingBank.start();
  const accountId = await bank.link('SpareBank 1');
  const twelve = () => Promise.all(Array.from({ length: 12 }, () => bank.pay()));
  // Half at a time: so many calls of one customer have a place or may wait for one.
  const hanging = [...(await twelve()), ...(await twelve())];
  const { database } = bank.context.store;
  // As if they were at twelve banks, and of a customer each.
  for (const [index, { id }] of hanging.entries()) {
    const change = { bank_id: `Bank ${index % 12}`, user_id: (await customer(bank.context)).id };
    await database.updateTable('transactions').set(change).where('id', '=', id).execute();
  }
  const other = await bank.approved({ accountId });
  await bank.stack.pass(5_000);
  bank.context.clock.advance(60_000);

  const { held, release } = holdReadings(bank, hanging);
  const following = reconcileDuePayments(bank.context);
  await expect.poll(held).toBe(12);
  await expect.poll(async () => (await bank.told(other)).status).toBe('settled');
  expect((await bank.pay({ accountId })).status).toBe('awaiting_authorisation');
  release();
  await following;
});

test('of a bank that answers, several payments are asked about at once', async () => {
  const bank = await LyingBank.start();
  const payments = await Promise.all(Array.from({ length: 8 }, () => bank.pay()));
  bank.context.clock.advance(60_000);
  const [first] = await takeDuePayments(bank.context.store.database, bank.context.clock.now(), due);
  expect(first).toBeDefined();
  const { provider = '', bankId = '' } = first ?? {};
  const banks = [{ provider, bankId, inHand: 1, answers: true }];
  const now = bank.context.clock.now();
  const next = await takeDuePayments(bank.context.store.database, now, { ...due, perBankMax: 4, banks });
  expect(next).toHaveLength(3);
  expect(payments).toHaveLength(8);
});

test('payments that a process has in hand when it dies are taken over by another within a minute', async () => {
  const bank = await LyingBank.start();
  const payment = await bank.approved();
  await bank.stack.pass(5_000);
  bank.context.clock.advance(60_000);
  const { held, release } = holdReadings(bank, [payment]);
  // Its readings never end, like those of a process that was killed.
  const died = reconcileDuePayments(bank.context);
  await expect.poll(held).toBe(1);
  bank.lie(() => undefined);

  await bank.ask(20_000);
  expect((await bank.told(payment)).status, 'while it may still be alive').toBe('awaiting_authorisation');
  await bank.ask(35_000);
  expect((await bank.told(payment)).status).toBe('settled');
  release();
  await died;
});

test('a payment is marked as asked when it was asked, and not before', async () => {
  const bank = await LyingBank.start();
  const payment = await bank.pay();
  const askedAt = async (): Promise<Date | null | undefined> => {
    const { database } = bank.context.store;
    const row = await database
      .selectFrom('transactions')
      .select('asked_at')
      .where('id', '=', payment.id)
      .executeTakeFirst();
    return row?.asked_at;
  };
  bank.context.clock.advance(60_000);
  await takeDuePayments(bank.context.store.database, bank.context.clock.now(), due);
  expect(await askedAt()).toBeNull();
  await bank.ask(46_000);
  expect(await askedAt()).toEqual(bank.context.clock.now());
});

/** A payment as a process leaves it that dies at some point of handing it over. */
async function left(bank: LyingBank, { isClaimed }: { isClaimed: boolean }): Promise<Payment> {
  const { context, user, accountId } = bank;
  const model = await bank.pay();
  const [id, at] = [randomUUID(), context.clock.now()];
  const dueAt = new Date(at.getTime() + 60_000);
  await insertPayment(context.store.database, {
    salt: context.entropy.token(),
    ...model,
    id,
    accountId,
    userId: user.id,
    at,
    dueAt,
    idempotencyKey: randomUUID(),
    orderHash: Buffer.of(1),
    stateHash: sha256(id),
  });
  const claim = { stateHash: sha256(randomUUID()), at, dueAt };
  if (isClaimed) await claimInitiation(context.store.database, id, claim);
  const payment = await findPayment(context.store.database, { id });
  if (!payment) throw new RangeError('it was written');
  return payment;
}

test('a payment whose process died before it handed it over has failed', async () => {
  const bank = await LyingBank.start();
  const payment = await left(bank, { isClaimed: false });
  expect(payment.status).toBe('created');
  await bank.ask(61_000);
  expect(await bank.told(payment)).toEqual({ status: 'failed', moneyMoved: 'no' });
});

test('a payment whose process died while handing it over is unknown, and not before it must have died', async () => {
  const bank = await LyingBank.start();
  const payment = await left(bank, { isClaimed: true });
  await bank.ask(59_000);
  expect((await bank.told(payment)).status).toBe('initiating');
  await bank.ask(2_000);
  expect(await bank.told(payment)).toEqual({ status: 'unknown', moneyMoved: 'not_yet_known' });
});

test('a process that stood still after it claimed a payment does not hand it over', async () => {
  const bank = await LyingBank.start();
  const { id } = await left(bank, { isClaimed: true });
  const payment = await findPayment(bank.context.store.database, { id });
  if (!payment) throw new RangeError('it was written');
  bank.context.clock.advance(56_000);
  const [before, handing] = [
    bank.requests.length,
    { payment, state: 'state', access, locale: 'nb' as const },
  ];
  const late = handOver(bank.context, { ...handing, identity: undefined });
  await expect(late).rejects.toMatchObject({ details: { outcome: 'not_sent' } });
  expect(bank.requests).toHaveLength(before);
  expect((await bank.told(payment)).status).toBe('failed');
});

test('nothing is concluded from a payment that another request hands over meanwhile', async () => {
  const bank = await LyingBank.start();
  const stale = await left(bank, { isClaimed: false });
  const { database } = bank.context.store;
  const at = bank.context.clock.now();
  await claimInitiation(database, stale.id, { stateHash: sha256(randomUUID()), at, dueAt: at });
  const failed = { status: 'failed', evidence: 'poll' } as const;
  expect(await concludePayment(bank.context, stale, failed)).toBe(false);
  expect((await bank.told(stale)).status).toBe('initiating');
});

test('nor from one that a webhook has found meanwhile', async () => {
  const bank = await LyingBank.start();
  bank.lie(initiationAs(null));
  const stale = await bank.pay();
  bank.lie(() => undefined);
  const { payments } = bank.stack.emulator.state() as { payments: { id: string }[] };
  bank.stack.hints.push({ provider: 'enable-banking', reference: payments[0]?.id ?? '' });
  await bank.handleWebhooks();
  const expired = { status: 'expired', evidence: 'poll' } as const;
  expect(await concludePayment(bank.context, stale, expired)).toBe(false);
  expect(await bank.told(stale)).toEqual({ status: 'awaiting_authorisation', moneyMoved: 'not_yet_known' });
});

test('a payment whose customer comes back before the bank knows more is read again within seconds', async () => {
  const bank = await LyingBank.start();
  const payment = await bank.pay();
  const returned = await bank.stack.visit(bank.linkOf(payment), 'approve');
  bank.lie(readAs((truth) => ({ ...truth, status: 'RCVD', final_status: false })));
  await returnFromBank(bank.context, bank.user, { parameters: returned, access });
  await bank.stack.pass(2_100);
  bank.lie(() => undefined);
  await bank.ask(0);
  expect((await bank.told(payment)).status).toBe('settled');
});

test('a reading in progress does not put off the one that follows the return of the customer', async () => {
  const bank = await LyingBank.start();
  const payment = await bank.pay();
  const returned = await bank.stack.visit(bank.linkOf(payment), 'approve');
  bank.context.clock.advance(3_600_000);
  const { held, release } = holdReadings(bank, [payment]);
  const following = reconcileDuePayments(bank.context);
  await expect.poll(held).toBe(1);
  bank.lie(({ path }) => (path.startsWith('/payments/') ? { status: 503, json: {} } : undefined));
  await returnFromBank(bank.context, bank.user, { parameters: returned, access });
  release();
  await following;
  const dueMs = (await bank.find(payment))?.dueAt?.getTime() ?? 0;
  expect(dueMs - bank.context.clock.now().getTime()).toBeLessThanOrEqual(2_000);
});

test('the follow-up of a process reads payments by itself, and ends its readings when it stops', async () => {
  const bank = await LyingBank.start();
  const payment = await bank.approved();
  await bank.stack.pass(5_000);
  bank.context.clock.advance(60_000);
  const reconciliation = startReconciliation(bank.context);
  bank.context.clock.advance(1);
  await expect.poll(async () => (await bank.told(payment)).status).toBe('settled');
  await reconciliation.stop();
  const asked = bank.requests.length;
  bank.context.clock.advance(3_600_000);
  expect(bank.requests).toHaveLength(asked);
});

test('a process that stops does not wait for a bank that hangs', async () => {
  const bank = await LyingBank.start();
  const payment = await bank.pay();
  bank.context.clock.advance(60_000);
  const { held, release } = holdReadings(bank, [payment]);
  const reconciliation = startReconciliation(bank.context);
  bank.context.clock.advance(1);
  await expect.poll(held).toBe(1);
  let isStopped = false;
  const stopping = reconciliation.stop().then(() => (isStopped = true));
  await expect
    .poll(() => {
      bank.context.clock.advance(3_000);
      return isStopped;
    })
    .toBe(true);
  release();
  await stopping;
});

test('a bank that cannot be asked is asked again when it says so', async () => {
  const bank = await LyingBank.start();
  await bank.pay();
  bank.lie(({ path }) =>
    path.startsWith('/payments/')
      ? { status: 429, headers: { 'retry-after': '600' }, json: { error: 'ASPSP_RATE_LIMIT_EXCEEDED' } }
      : undefined,
  );
  const asked = (): number => bank.requests.filter((request) => request.startsWith('GET /payments/')).length;
  await bank.ask();
  const first = asked();
  await bank.ask(590_000);
  expect(asked()).toBe(first);
  await bank.ask(11_000);
  expect(asked()).toBeGreaterThan(first);
});

test('the oldest unresolved payment and their number are known by status', async () => {
  const bank = await LyingBank.start();
  const { database } = bank.context.store;
  expect(await unresolvedPayments(database)).toEqual([]);
  const first = await bank.approved();
  bank.context.clock.advance(1_000);
  await bank.pay();
  expect(await unresolvedPayments(database)).toEqual([
    { status: 'awaiting_authorisation', count: 2, oldestAt: first.createdAt },
  ]);
  await bank.settle();
  expect(await unresolvedPayments(database)).toMatchObject([{ count: 1 }]);
});
