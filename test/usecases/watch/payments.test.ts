import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { PaymentStatus } from '#domain/payment/status.ts';
import { watchOverduePayments, watchUnknownPayments } from '#usecases/watch/payments.ts';
import { newAlerts } from '../../support/alerts.ts';
import { report } from '../banking/made-up-bank.ts';
import type { TestContext } from '../../support/context.ts';
import { linkedBank } from '../payments/linked-bank.ts';

const minuteMs = 60_000;
const dayMinutes = 24 * 60;

interface Made {
  status: PaymentStatus;
  /** How long ago it was made. */
  minutes: number;
  bankId?: string;
  /** How long it took until it was settled. */
  settledAfter?: number;
  /** In how many minutes it can no longer be approved. */
  approvableFor?: number;
  /** The day for which it was ordered. */
  executionDate?: string;
}

/** A bank with one customer, whose only payment is copied into others. */
async function world() {
  const { bank, send } = await linkedBank();
  const { context } = bank;
  const heard = newAlerts(context);
  const { database } = context.store;
  bank.provider.pis.initiatePayment = async () => report({ reference: 'payment-1' });
  const { id: first } = await send();
  await database.updateTable('transactions').set({ due_at: null, status: 'settled' }).execute();
  await heard();

  async function make(made: Made): Promise<string> {
    const { status, minutes, bankId, settledAfter, approvableFor, executionDate = null } = made;
    const id = randomUUID();
    const from = (later: number): Date =>
      new Date(context.clock.now().getTime() + (later - minutes) * minuteMs);
    const source = await database
      .selectFrom('transactions')
      .selectAll()
      .where('id', '=', first)
      .executeTakeFirstOrThrow();
    await database
      .insertInto('transactions')
      .values({
        ...source,
        id,
        status,
        execution_date: executionDate,
        bank_id: bankId ?? source.bank_id,
        bank_name: bankId ?? 'DNB',
        decoupled_step: null,
        look_up: null,
        payment_id: id,
        idempotency_key: id,
        state_hash: Buffer.from(id),
        created_at: from(0),
        settled_at: settledAfter === undefined ? null : from(settledAfter),
        redirect_expires_at: approvableFor === undefined ? null : from(minutes + approvableFor),
        due_at: settledAfter === undefined ? context.clock.now() : null,
      })
      .execute();
    return id;
  }

  return {
    context,
    heard,
    make,
    told: async () => (await heard()).map(({ title }) => title),
    messages: async () => (await heard()).map(({ message }) => message),
    pass: (minutes: number) => context.clock.advance(minutes * minuteMs),
    end: (id: string) =>
      database
        .updateTable('transactions')
        .set({ due_at: null, status: 'settled' })
        .where('id', '=', id)
        .execute(),
    /** Twenty payments that were settled yesterday, each within this time. */
    async history(settledAfter: number, count = 20): Promise<void> {
      for (let made = 0; made < count; made += 1)
        await make({ status: 'settled', minutes: dayMinutes, settledAfter });
    },
  };
}

/** The bank carried the payment out on a later day. */
async function scheduled({ store, clock }: TestContext, id: string): Promise<void> {
  await store.database
    .insertInto('transaction_events')
    .values({
      transaction_id: id,
      status: 'scheduled',
      evidence: 'poll',
      wire_status: null,
      reason_code: null,
      outcome: 'moved',
      differences: null,
      at: clock.now(),
    })
    .execute();
}

const unknown = 'The outcome of a payment is unknown';
const overdue = 'A payment is open for longer than usual';

test('payments of unknown outcome are alerted once for their bank, and once more when there are none', async () => {
  const { context, make, told, end, pass } = await world();
  const ids = [await make({ status: 'unknown', minutes: 1 }), await make({ status: 'unknown', minutes: 2 })];
  await watchUnknownPayments(context);
  ids.push(await make({ status: 'unknown', minutes: 1 }));
  await watchUnknownPayments(context);
  expect(await told()).toEqual([unknown]);
  for (const id of ids) await end(id);
  await watchUnknownPayments(context);
  pass(10);
  await watchUnknownPayments(context);
  await watchUnknownPayments(context);
  expect(await told()).toEqual([`Over: ${unknown}`]);
});

test('the alert says how many, of how many customers, at which bank, and names the oldest five', async () => {
  const { context, make, messages } = await world();
  const ids: string[] = [];
  for (let minutes = 6; minutes > 0; minutes -= 1) ids.push(await make({ status: 'unknown', minutes }));
  await watchUnknownPayments(context);
  const [message] = await messages();
  expect(message).toMatch(/^6 payments of 1 customer at DNB \([\w-]+\) are without an answer of the bank\./);
  expect(message).toContain(`Among them ${ids.slice(0, 5).join(', ')}.`);
  expect(message).not.toContain(ids[5]);
});

test('each bank with payments of unknown outcome is alerted by itself', async () => {
  const { context, make, told } = await world();
  await make({ status: 'unknown', minutes: 1 });
  await make({ status: 'unknown', minutes: 1, bankId: 'Sbanken' });
  await watchUnknownPayments(context);
  expect(await told()).toEqual([unknown, unknown]);
});

test('of two processes that find an unknown outcome, one alerts', async () => {
  const { context, make, told } = await world();
  await make({ status: 'unknown', minutes: 1 });
  await Promise.all([watchUnknownPayments(context), watchUnknownPayments(context)]);
  expect(await told()).toEqual([unknown]);
});

test.each(['created', 'awaiting_authorisation', 'processing', 'settled'] as const)(
  'a payment that is %s is not of unknown outcome',
  async (status) => {
    const { context, make, told } = await world();
    await make({ status, minutes: 1 });
    await watchUnknownPayments(context);
    expect(await told()).toEqual([]);
  },
);

test('a payment open for longer than usual is alerted once, and once more when it is over', async () => {
  const { context, make, history, told, end, pass } = await world();
  await history(30);
  const id = await make({ status: 'processing', minutes: 91 });
  await watchOverduePayments(context);
  await watchOverduePayments(context);
  expect(await told()).toEqual([overdue]);
  await end(id);
  await watchOverduePayments(context);
  pass(10);
  await watchOverduePayments(context);
  await watchOverduePayments(context);
  expect(await told()).toEqual([`Over: ${overdue}`]);
});

test('the alert says how long is usual at the bank, and how long the oldest payment is open', async () => {
  const { context, make, history, messages } = await world();
  await history(40);
  const ids = [
    await make({ status: 'processing', minutes: 300 }),
    await make({ status: 'authorised', minutes: 121 }),
  ];
  await watchOverduePayments(context);
  const [message] = await messages();
  expect(message).toContain(
    'are open for longer than 2 hours, which is the limit there; the oldest for 5 hours.',
  );
  expect(message).toContain(` ${ids.join(', ')}.`);
});

test('a payment that is open for three times the usual is not alerted yet', async () => {
  const { context, make, history, told } = await world();
  await history(30);
  await make({ status: 'processing', minutes: 90 });
  await watchOverduePayments(context);
  expect(await told()).toEqual([]);
});

test('where payments are settled at once, an hour is not unusual', async () => {
  const { context, make, history, told } = await world();
  await history(0);
  await make({ status: 'processing', minutes: 60 });
  await watchOverduePayments(context);
  expect(await told()).toEqual([]);
  await make({ status: 'processing', minutes: 61 });
  await watchOverduePayments(context);
  expect(await told()).toEqual([overdue]);
});

test('a bank with little history has a day', async () => {
  const { context, make, history, told } = await world();
  await history(1, 19);
  await make({ status: 'processing', minutes: dayMinutes });
  await watchOverduePayments(context);
  expect(await told()).toEqual([]);
  await make({ status: 'processing', minutes: dayMinutes + 1 });
  await watchOverduePayments(context);
  expect(await told()).toEqual([overdue]);
});

test('the usual time of a bank is not that of another', async () => {
  const { context, make, history, told } = await world();
  await history(1);
  await make({ status: 'processing', minutes: 600, bankId: 'Sbanken' });
  await watchOverduePayments(context);
  expect(await told()).toEqual([]);
});

test('settled payments that their bank had scheduled say nothing of the usual time', async () => {
  const { context, make, history, told } = await world();
  await history(1);
  for (let count = 0; count < 5; count += 1)
    await scheduled(context, await make({ status: 'settled', minutes: 20_000, settledAfter: 19_000 }));
  await make({ status: 'processing', minutes: 61 });
  await watchOverduePayments(context);
  expect(await told()).toEqual([overdue]);
});

test.each(['scheduled', 'unknown', 'rejected'] as const)(
  'a payment that is %s is not alerted as overdue',
  async (status) => {
    const { context, make, told } = await world();
    await make({ status, minutes: 10 * dayMinutes });
    await watchOverduePayments(context);
    expect(await told()).toEqual([]);
  },
);

test('a payment that was ordered for a day is overdue once that day was over for longer than usual', async () => {
  const { context, make, history, told, pass } = await world();
  await history(1);
  // The clock begins on Monday, 23 February 2026, at 15.30 in Norway.
  for (const status of ['scheduled', 'authorised', 'processing'] as const)
    await make({ status, minutes: 10 * dayMinutes, executionDate: '2026-02-23' });
  pass(9 * 60);
  await watchOverduePayments(context);
  expect(await told()).toEqual([]);
  pass(60);
  await watchOverduePayments(context);
  expect(await told()).toEqual([overdue]);
});

test('a payment that was ordered for a day on which banks are closed has until the next bank day is over', async () => {
  const { context, make, history, told, pass } = await world();
  await make({ status: 'scheduled', minutes: 10 * dayMinutes, executionDate: '2026-02-21' });
  await history(1);
  pass(9 * 60);
  await watchOverduePayments(context);
  expect(await told()).toEqual([]);
  pass(60);
  await watchOverduePayments(context);
  expect(await told()).toEqual([overdue]);
});

test('settled payments that were ordered for a day say nothing of the usual time', async () => {
  const { context, make, history, told } = await world();
  await history(1);
  for (let count = 0; count < 5; count += 1)
    await make({ status: 'settled', minutes: 20_000, settledAfter: 19_000, executionDate: '2026-02-20' });
  await make({ status: 'processing', minutes: 61 });
  await watchOverduePayments(context);
  expect(await told()).toEqual([overdue]);
});

test('a payment that its customer may still approve is not overdue', async () => {
  const { context, make, history, told } = await world();
  await history(1);
  await make({ status: 'awaiting_authorisation', minutes: 2 * dayMinutes, approvableFor: 1 });
  await make({ status: 'awaiting_authorisation', minutes: dayMinutes });
  await watchOverduePayments(context);
  expect(await told()).toEqual([]);
});

test('a payment that could be approved until long ago is overdue', async () => {
  const { context, make, history, told } = await world();
  await history(1);
  await make({ status: 'awaiting_authorisation', minutes: dayMinutes, approvableFor: -61 });
  await watchOverduePayments(context);
  expect(await told()).toEqual([overdue]);
});
