import { processorMs } from '../children.ts';
import type { Comparison, Readings } from '../harness.ts';
import type { Target } from '../report.ts';
import { carry } from './customer.ts';
import type { PayingCustomer } from './customers.ts';
import type { Served, Stage } from './stage.ts';
import { databaseProcessorMs } from './statistics.ts';
import type { Told } from './told.ts';

export interface Payers {
  stage: Stage;
  told: Told;
  customers: readonly PayingCustomer[];
}

/** Each customer pays several times, and no more often in a minute than Drop allows. */
const payments = 300;
const atOnce = 24;
export const processes = [1, 2, 4];
export const carriedTitle = 'Payments carried to settled';
export const perSecond = 'payments/s';
const ofDrop = 'ms of processor a payment, Drop';
export const nameOf = (count: number): string => `${count} ${count === 1 ? 'process' : 'processes'}`;

export const carriedTargets: Target[] = [
  {
    what: 'processor of Drop for a payment with 4 processes, to 1',
    title: carriedTitle,
    subject: nameOf(4),
    against: nameOf(1),
    reading: ofDrop,
    at: 'most',
    bound: 1.5,
  },
];

export function carriedComparison(payers: Payers, rounds: number): Comparison {
  return {
    title: carriedTitle,
    method:
      `${payments} payments of ${payers.customers.length} customers over HTTP, ${atOnce} on their way at once: ` +
      'ordered, approved at the page of the bank, returned from, and followed by three webhooks until the ' +
      'customer is told. Payments a second are those of the middle three fifths. The bank, an emulator, is one ' +
      'process, and so are all customers. Afterwards each payment has settled, and each customer was told of it once.',
    unit: '',
    baseline: nameOf(1),
    warmups: 1,
    rounds,
    subjects: processes.map((count) => ({ name: nameOf(count), sample: () => carriedBy(payers, count) })),
  };
}

async function carriedBy(payers: Payers, count: number): Promise<Readings> {
  const { stage } = payers;
  const served = await stage.serve(count);
  const before = await spent(stage, served);
  const times = await carryAll(payers, served, { payments, atOnce });
  const after = await spent(stage, served);
  await Promise.all(served.map((each) => each.stop()));
  await assertCarried(payers);
  const [from, to] = [times[Math.floor(payments * 0.2)] ?? 0, times[Math.floor(payments * 0.8)] ?? 0];
  const each = (name: keyof typeof after): number => (after[name] - before[name]) / payments;
  const wholeMs = after.atMs - before.atMs;
  const usedMs = payments * (each('drop') + each('database') + each('banks') + each('customers'));
  return {
    [perSecond]: (payments * 0.6 * 1_000) / (to - from),
    [ofDrop]: each('drop'),
    'ms of processor a payment, PostgreSQL': each('database'),
    'ms of processor a payment, the bank': each('banks'),
    'ms of processor a payment, the customers': each('customers'),
    'processors in use by all of them': usedMs / wholeMs,
  };
}

/** Carries so many payments, so many at once, and resolves when all customers are told. */
export async function carryAll(
  { stage, told, customers }: Payers,
  served: readonly Served[],
  options: { payments: number; atOnce: number },
): Promise<number[]> {
  const times = told.times(options.payments);
  let begun = 0;
  const turns = async (): Promise<void> => {
    while (begun < options.payments) {
      const turn = begun++;
      const customer = customers[turn % customers.length];
      const origin = served[turn % served.length]?.origin;
      if (customer && origin) await carry(origin, customer, stage.callbackUrl);
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, turns));
  return times;
}

async function spent(stage: Stage, served: readonly Served[]) {
  const { user, system } = process.cpuUsage();
  return {
    atMs: performance.now(),
    drop: served.reduce((sum, { pid }) => sum + (processorMs(pid) ?? 0), 0),
    database: await databaseProcessorMs(stage.pool),
    banks: processorMs(stage.emulators.pid) ?? 0,
    customers: (user + system) / 1_000,
  };
}

/** @throws {Error} where a payment has not settled, or its customer was not told of it exactly once. */
export async function assertCarried({ stage }: Payers): Promise<void> {
  const { rows } = await stage.pool.query<{ lost: string }>(`
    select count(*) as lost from transactions where status <> 'settled' or 1 <> (
      select count(*) from outbox where channel = 'app' and code = 'payment_settled'
        and parameters ->> 'paymentId' = transactions.id::text)`);
  if (Number(rows[0]?.lost) > 0) throw new Error(`${rows[0]?.lost} payments are not carried to their end`);
}
