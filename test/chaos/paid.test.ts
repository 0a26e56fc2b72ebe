import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { askSoon } from '#store/due-payments.ts';
import { seeded } from './deliveries.ts';
import { each } from './each.ts';
import { providerIds } from './moved-policies.ts';
import { orderPlans } from './order-plan.ts';
import {
  expectAsOrdered,
  expectEqual,
  expectMailed,
  readLedgers,
  timelineOf,
  underWay,
} from './paid-proof.ts';
import { paidStage, payingCustomers } from './paid-stage.ts';
import type { PayingCustomer } from './paying-customer.ts';
import { progressOf } from './progress.ts';
import { troublePlan } from './trouble-plan.ts';
import { makeTroubles, type TroubledStage } from './troubles.ts';

/** `npm run chaos` pays through every provider; the usual run through one. */
const isFull = process.env['npm_lifecycle_event'] === 'chaos';
const seed = Number(process.env['CHAOS_SEED'] ?? 1);
const count = isFull ? Number(process.env['CHAOS_PAYMENTS'] ?? 10_000) : 100;
const customersCount = isFull ? Math.min(100, Math.ceil(count / 20)) : 4;
const providers: readonly string[] = isFull ? providerIds : providerIds.slice(0, 1);
const processes = 4;
/** So much faster than the system's is the time of Drop and of the banks: leases and waits end within seconds. */
const speed = 4;
const ordersAtOnce = isFull ? 24 : 12;
const restMsMax = isFull ? 900_000 : 120_000;
const trouble = isFull
  ? { faultsASecond: 3, crashesEvery: 20, mailIsDown: [10, 20] as const }
  : { faultsASecond: 6, crashesEvery: 4, mailIsDown: [2, 5] as const };
/** The database and the pooler crash at least once. */
const secondsMin = 2 * trouble.crashesEvery;

/**
 * Waits until nothing moves any more. The customers look at what is open, which lets Drop ask the bank soon. An order
 * without an answer is looked up in its account: the hours until the next look-up are skipped, as an operator can.
 */
async function untilAtRest(stage: TroubledStage, customers: readonly PayingCustomer[]): Promise<void> {
  const orders = customers.flatMap((customer) => customer.orders);
  const customerOf = new Map(customers.map((customer) => [customer.userId, customer]));
  async function moving(): Promise<string[]> {
    const ledgers = await readLedgers(stage);
    const open = underWay(ledgers);
    const owners = new Map(ledgers.payments.map(({ id, userId }) => [id, userId]));
    await each(open, async (id) => customerOf.get(owners.get(id) ?? '')?.lookAt(id));
    await lookUpNow(stage, open);
    return open.map((id) => timelineOf(id, ledgers, orders));
  }
  const patient = { timeout: restMsMax, interval: 1_000 };
  await expect.poll(moving, patient).toEqual([]);
  await expect.poll(() => leftToDo(stage), patient).toEqual([]);
}

/** As if a day had passed: the account's readings of one day may be used up by its other payments. */
async function lookUpNow({ store: { database } }: TroubledStage, ids: readonly string[]): Promise<void> {
  await each(ids, async (id) => {
    if (!(await askSoon(database, id, { status: 'unknown', at: systemClock.now() }))) return;
    const ofAccount = database.selectFrom('transactions').select('account_id').where('id', '=', id);
    await database
      .updateTable('bank_accounts')
      .set({ unattended_reads_at: [] })
      .where('id', 'in', ofAccount)
      .execute();
  });
}

/**
 * Webhooks about payments that Drop holds, and mails. The waits between two attempts at a mail server, of up to a
 * quarter of an hour, are skipped.
 */
async function leftToDo({ store: { database } }: TroubledStage): Promise<string[]> {
  await sql`
    update outbox set due_at = created_at where channel = 'mail' and status = 'waiting' and claim is null
  `.execute(database);
  const { rows } = await sql<{ what: string }>`
    select concat_ws(' ', 'webhook', webhook.id, webhook.status, last_error) as what
    from webhook_inbox as webhook join transactions as payment
      on payment.payment_id = subject and payment.provider = webhook.provider
    where webhook.status <> 'handled'
    union all
    select concat_ws(' ', 'mail', code, last_error) from outbox where channel = 'mail' and status = 'waiting'
  `.execute(database);
  return rows.map(({ what }) => what);
}

/** The troubles of the providers that customers pay through. */
function planFor({ banks }: TroubledStage) {
  const operations = Object.fromEntries(providers.map((id) => [id, banks.operations[id] ?? []]));
  const senders = banks.senders.filter((id) => providers.includes(id));
  return troublePlan(seed, { ...trouble, operations, senders });
}

const countsOf = (texts: readonly string[]): string =>
  [...Map.groupBy(texts, (text) => text)].map(([text, { length }]) => `${length} ${text}`).join(', ');

test(
  `${count} payments, a kill a second: Drop's ledger is the banks', customers are told, seed ${seed}`,
  { timeout: 7_200_000 },
  async () => {
    const pace = { startMs: systemClock.now().getTime(), speed };
    const random = seeded(seed);
    const stage = await paidStage({ customers: customersCount, processes, seed, random, pace });
    const customers = await payingCustomers(stage, { count: customersCount, providers });
    const { say, step } = progressOf({ isShown: isFull, count });
    say(stage.pooler ? 'behind PgBouncer' : 'without PgBouncer, which is not on this machine');
    const { done, end } = makeTroubles(stage, planFor(stage), secondsMin);
    const plans = orderPlans(seed, { customers: customersCount, count });
    await each(plans, async (plan) => customers[plan.customer]?.pay(plan).then(step), ordersAtOnce);
    await end();
    say(`ordered, in trouble: ${JSON.stringify(done)}, ${stage.balancer.dropped} webhooks dropped`);
    await untilAtRest(stage, customers);

    const ledgers = await readLedgers(stage);
    const orders = customers.flatMap((customer) => customer.orders);
    expectEqual(ledgers, orders);
    expectAsOrdered(ledgers, customers);
    const mailed = await expectMailed(stage);
    say(countsOf(ledgers.payments.map(({ status }) => status)));
    say(`${mailed} mails about them arrived; ${stage.receivers.mails.length} mails in all, with repetitions`);
    expect(stage.fleet.faults).toEqual([]);
    expect(done.databaseCrashes).toBeGreaterThan(0);
  },
);
