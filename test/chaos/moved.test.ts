import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { each } from './each.ts';
import { seeded } from './deliveries.ts';
import type { Fleet } from './fleet.ts';
import { MovedCustomer, type MovedPayment } from './moved-customer.ts';
import { bankOf, bankCustomers } from './bank-customers.ts';
import { fullSteps, policies, providerIds, shortSteps } from './moved-policies.ts';
import {
  expectCutsOpen,
  expectOneAccount,
  expectOncePaid,
  expectServed,
  keptTooLong,
  unsettled,
} from './moved-proof.ts';
import { stageOf, type Banks } from './stage.ts';
import { testStore } from '../support/database.ts';

/** `npm run chaos` moves 100 customers; the usual run two. */
const isFull = process.env['npm_lifecycle_event'] === 'chaos';
const count = isFull ? 100 : 2;
const kills = isFull ? 40 : 2;
const processes = isFull ? 3 : 2;
const seed = Number(process.env['CHAOS_SEED'] ?? 1);
const settledMsMax = isFull ? 300_000 : 60_000;
/** A job ends consents, and is tried again where its process was killed. */
const endedMsMax = 120_000;

/** There and back: with each customer at another provider first, every ordered pair of three providers. */
const round = [0, 1, 0];
const steps = isFull ? fullSteps : shortSteps;
/** Of each customer, on average and at the least. */
const renewalsMin = isFull ? 5 : 3;
const stepsARenewal = 4;
/** How often a customer renews who is to stay. */
const stayingShare = 0.3;

/** From the provider of the customer's first consent back to it. */
const routeOf = (index: number): string[] =>
  round.map((place) => providerIds[(place + index) % providerIds.length] ?? '');

/** Kills as steps are done, and holds webhooks back in between. */
function trouble(fleet: Fleet, banks: Banks, random: () => number) {
  const done = { kills: 0, steps: 0 };
  const stepsAKill = Math.floor((count * renewalsMin * stepsARenewal) / (kills + 1));
  const { senders } = banks;
  return {
    done,
    hold: () => Promise.all(senders.map((id) => banks.act(id, 'hold_webhooks'))),
    release: () => Promise.all(senders.map((id) => banks.act(id, 'release_webhooks', { order: 'reversed' }))),
    async step(): Promise<void> {
      done.steps += 1;
      if (done.kills >= kills || done.steps < (done.kills + 1) * stepsAKill) return;
      done.kills += 1;
      await fleet.atLeast(2);
      fleet.kill(random());
    },
  };
}

test(
  `${count} customers moved between all providers and back: ${kills} kills, seed ${seed}`,
  { timeout: 900_000 },
  async () => {
    const random = seeded(seed);
    const stage = await stageOf({ store: await testStore(), customers: count, processes, seed, random });
    const { store, banks, fleet, balancer } = stage;
    const { done, hold, release, step } = trouble(fleet, banks, random);
    const customers = bankCustomers(count)
      .people()
      .map((person, index) => new MovedCustomer(balancer.origin, person, bankOf(index)));
    onTestFinished(async () => void (await Promise.all(customers.map((customer) => customer.close()))));
    const { apply, move } = policies(stage);
    let amountOere = 10_000;
    async function order(customer: MovedCustomer): Promise<MovedPayment> {
      const payment = await customer.order((amountOere += 1));
      // The customer of an order that was cut has no way to approve it, and orders anew.
      return payment.redirectUrl === undefined ? order(customer) : payment;
    }
    /** Renews a consent between a payment that is in flight and one that is approved later. */
    async function renewed(
      customer: MovedCustomer,
      to: string,
      moved = (): Promise<unknown> => Promise.resolve(),
    ) {
      const late = await order(customer);
      await step();
      const inFlight = await order(customer);
      await customer.approve(inFlight);
      await step();
      await moved();
      await customer.renew(to);
      await step();
      if (random() < 0.3) await release().then(hold);
      await customer.approve(late);
      await step();
    }

    // One by one, as Sumsub limits how many may begin.
    await each(customers, (customer) => customer.join(), 1);
    await each(customers, async (customer, index) => {
      const [first = ''] = routeOf(index);
      await move(customer.userId, first);
      await customer.link(first);
    });
    await hold();
    await each(customers, async (customer, index) => {
      for (const to of routeOf(index).slice(1)) await renewed(customer, to, () => move(customer.userId, to));
    });
    for (const { policy, providerOf } of steps) {
      await apply(policy);
      await each(customers, async (customer) => {
        const to = providerOf(customer);
        if (to !== customer.served.at(-1) || random() < stayingShare) await renewed(customer, to);
      });
    }
    await each(customers, async (customer) => customer.approve(await order(customer)));
    await release();
    await sql`insert into jobs.job (name) values ('end-consents-at-providers')`.execute(store.database);

    const open = (): Promise<string[]> => unsettled(stage, customers);
    await expect.poll(open, { timeout: settledMsMax, interval: 500 }).toEqual([]);
    await expect.poll(() => keptTooLong(stage), { timeout: endedMsMax, interval: 250 }).toEqual([]);
    await expectOncePaid(stage, customers);
    await expectCutsOpen(stage, customers, kills);
    await expectOneAccount(stage, customers);
    await expectServed(stage, customers);
    expect(fleet.faults).toEqual([]);
    expect(done.kills).toBe(kills);
  },
);
