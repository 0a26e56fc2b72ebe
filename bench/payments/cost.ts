import { setTimeout as pause } from 'node:timers/promises';
import type { Comparison, Readings, Subject } from '../harness.ts';
import type { Target } from '../report.ts';
import { assertCarried, carryAll, type Payers } from './carried.ts';
import { ask, carry } from './customer.ts';
import { leastTransactions } from './least.ts';
import { readWork, without, workBetween, type Counted, type Work } from './statistics.ts';

const payments = 60;
const idleSeconds = 40;
const costTitle = 'What a payment costs the database';
const idleTitle = 'What an idle process costs the database';
const theLeast = 'the least, counted';
const alone = 'one after the other';
const together = '24 at once';
const withPages = 'one after the other, with the pages of their customers';

export const costTargets: Target[] = [
  {
    what: 'transactions of a payment, to the least',
    title: costTitle,
    subject: alone,
    against: theLeast,
    reading: 'transactions',
    at: 'most',
    bound: 1.2,
  },
  {
    what: 'transactions of an idle process a second',
    title: idleTitle,
    subject: 'one process',
    reading: 'transactions/s',
    at: 'most',
    bound: 5,
  },
];

/** One process serves all the time; what it does while nothing is asked of it is taken off. */
export async function costComparisons(payers: Payers, rounds: number): Promise<Comparison[]> {
  const served = await payers.stage.serve(1);
  // The work that a start does once is over then.
  await pause(60_000);
  const idle = await idleWork(payers, idleSeconds);
  const cost = (name: string, carryOn: () => Promise<unknown>, count: number): Subject => ({
    name,
    sample: async () => readings(await costOf(payers, { carryOn, count, idle })),
  });
  const carryAlone = () => carryAll(payers, served, { payments: payments / 4, atOnce: 1 });
  const visit = () => carryWithPages(payers, served[0]?.origin ?? '', payments / 4);
  const common = { unit: '', warmups: 0 };
  return [
    {
      ...common,
      rounds: 1,
      title: idleTitle,
      method:
        `For ${idleSeconds} s, a minute after its start. Nearly all of it is pg-boss, ` +
        'which asks for each kind of job.',
      baseline: 'one process',
      subjects: [{ name: 'one process', sample: async () => perSecond(idle) }],
    },
    {
      ...common,
      rounds,
      title: costTitle,
      method:
        'As PostgreSQL counts it, without what an idle process does. A statement by itself is a transaction, too. ' +
        'Rows are those of Drop’s tables. With pages: the start, the accounts, the payment at each of its ' +
        'changes, and the notifications.',
      baseline: theLeast,
      subjects: [
        { name: theLeast, sample: async () => ({ transactions: leastTransactions }) },
        cost(alone, carryAlone, payments / 4),
        cost(withPages, visit, payments / 4),
        cost(together, () => carryAll(payers, served, { payments, atOnce: 24 }), payments),
      ],
    },
  ];
}

async function idleWork({ stage }: Payers, seconds: number): Promise<Counted> {
  const before = await readWork(stage.pool);
  await pause(seconds * 1_000);
  return workBetween(before, await readWork(stage.pool));
}

async function costOf(
  payers: Payers,
  { carryOn, count, idle }: { carryOn: () => Promise<unknown>; count: number; idle: Counted },
): Promise<Counted> {
  const { pool } = payers.stage;
  const before: Work = await readWork(pool);
  await carryOn();
  const after = await readWork(pool);
  await assertCarried(payers);
  const seconds = (after.atMs - before.atMs) / 1_000 / count;
  return without(workBetween(before, after, count), idle, seconds);
}

/** The app's requests on the way, as its pages make them. */
async function carryWithPages(payers: Payers, origin: string, count: number): Promise<void> {
  const { customers, stage, told } = payers;
  for (const customer of customers.slice(0, count)) {
    const see = (path: string): Promise<unknown> => ask(origin, customer, { path });
    await see('/api/me');
    await see('/api/accounts');
    const isTold = told.times(1);
    const id = await carry(origin, customer, stage.callbackUrl);
    for (let change = 0; change < 3; change += 1) await see(`/api/payments/${id}`);
    await isTold;
    await see(`/api/payments/${id}`);
    await see('/api/notifications');
  }
}

const readings = ({ transactions, statements, inserted, updated, flushes }: Counted): Readings => ({
  transactions,
  statements,
  'rows inserted': inserted,
  'rows updated': updated,
  'flushes of the log': flushes,
});

const perSecond = ({ transactions, statements }: Counted): Readings => ({
  'transactions/s': transactions,
  'statements/s': statements,
});
