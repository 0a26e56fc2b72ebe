import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../src/domain/clock.ts';
import { systemEntropy } from '../src/domain/entropy.ts';
import { openStore, type Store } from '../src/store/database.ts';
import { addEntries } from '../src/store/outbox/entries.ts';
import { notify } from '../src/usecases/notify/notify.ts';
import { migrate } from '../src/store/migrate.ts';
import { startNode } from './children.ts';
import type { Comparison, Readings } from './harness.ts';

const mails = 4_000;
const pollMs = 20;
const transactions = 2_000;

const writingTitle = 'What a message adds to its transaction';
const withMessage = 'with a notice in the app and a mail';
const withoutMessage = 'without';

/** Customers, each with a verified address. */
async function insertCustomers({ database }: Store, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  const created_at = systemClock.now();
  const common = { national_id_hash_key_id: '1', bankid_issuer: 'bench', name: 'Kari Test', created_at };
  const users = ids.map((id) => ({ ...common, id, national_id_hash: id, bankid_subject: id }));
  await database.insertInto('users').values(users).execute();
  const verified = { status: 'verified', created_at } as const;
  const addresses = ids.map((id) => ({
    ...verified,
    id: randomUUID(),
    user_id: id,
    address: `${id}@example.no`,
  }));
  await database.insertInto('email_addresses').values(addresses).execute();
  return ids;
}

/** Mails to customers of their own, since each customer's are sent one after the other. */
async function fill(store: Store, userIds: readonly string[]): Promise<void> {
  const at = systemClock.now();
  const message = { channel: 'mail', code: 'verification_approved', parameters: {}, at } as const;
  await addEntries(
    store.database,
    userIds.map((userId) => ({ ...message, id: randomUUID(), recipient: `user:${userId}`, userId })),
  );
}

async function untilSent({ database }: Store): Promise<void> {
  for (;;) {
    const left = await database
      .selectFrom('outbox')
      .select('id')
      .where('status', '=', 'waiting')
      .limit(1)
      .execute();
    if (left.length === 0) return;
    await pause(pollMs);
  }
}

async function deliver(store: Store, userIds: readonly string[], processes: number): Promise<Readings> {
  await store.database.deleteFrom('outbox').execute();
  const workers = Array.from({ length: processes }, () =>
    startNode(['bench/outbox-worker.ts'], { DATABASE_URL: store.url }),
  );
  await Promise.all(workers.map((worker) => worker.line((line) => line === 'working')));
  const startedAt = performance.now();
  await fill(store, userIds);
  await untilSent(store);
  const seconds = (performance.now() - startedAt) / 1000;
  await Promise.all(workers.map((worker) => worker.stop()));
  return { 'mails/s': userIds.length / seconds };
}

async function write(store: Store, userId: string, notices: boolean): Promise<Readings> {
  const context = { clock: systemClock, entropy: systemEntropy };
  await store.database.deleteFrom('outbox').execute();
  const startedAt = performance.now();
  for (let number = 0; number < transactions; number += 1) {
    await store.database.transaction().execute(async (transaction) => {
      await transaction
        .updateTable('users')
        .set({ kyc_status: 'approved' })
        .where('id', '=', userId)
        .execute();
      if (!notices) return;
      await notify(context, transaction, {
        userId,
        code: 'verification_approved',
        parameters: {},
        occasion: `${number}`,
      });
    });
  }
  return { 'a transaction': ((performance.now() - startedAt) * 1000) / transactions };
}

/** Deliveries by 1 and 4 processes, and what a message costs the transaction that writes it. */
export async function outboxBench(options: {
  rounds: number;
  databaseUrl: string;
}): Promise<{ comparisons: Comparison[]; stop: () => Promise<void> }> {
  const { rounds, databaseUrl } = options;
  await migrate(databaseUrl);
  const store = openStore(databaseUrl);
  const userIds = await insertCustomers(store, mails);
  const [first = ''] = userIds;
  const common = { warmups: 1, rounds };
  return {
    comparisons: [
      {
        ...common,
        title: 'Delivering mails',
        method:
          `${mails} mails to as many customers, rendered and settled by the production worker; the mail server is ` +
          'left out and accepts at once, and the limit of 100 a second for each server is lifted.',
        unit: '',
        baseline: '1 process',
        subjects: [1, 4].map((processes) => ({
          name: processes === 1 ? '1 process' : `${processes} processes`,
          sample: () => deliver(store, userIds, processes),
        })),
      },
      {
        ...common,
        title: writingTitle,
        method: `${transactions} transactions, one after the other, that update one row and commit.`,
        unit: 'µs',
        baseline: withoutMessage,
        subjects: [
          { name: withoutMessage, sample: () => write(store, first, false) },
          { name: withMessage, sample: () => write(store, first, true) },
        ],
      },
    ],
    stop: () => store.close(),
  };
}
