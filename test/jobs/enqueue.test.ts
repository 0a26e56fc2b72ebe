import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Job } from '#jobs/job.ts';
import { begun, slowly, stand, type Stand } from './stand.ts';
import { quickLimits } from './quick.ts';

interface Enqueued {
  state: string;
  retries: number;
  data: unknown;
}

async function rows({ context }: Stand): Promise<Enqueued[]> {
  const found = await sql<Enqueued>`
    select state, retry_count as "retries", data from jobs.job where name = 'count' order by created_on, id
  `.execute(context.store.database);
  return found.rows;
}

/** A job that is only enqueued; `seen` is the data of its runs, in order. */
function recording(act: (data: unknown, runs: number) => void = () => undefined) {
  const seen: unknown[] = [];
  const job: Job = {
    limits: quickLimits,
    async run(_context, { data }) {
      seen.push(data);
      act(data, seen.length);
    },
  };
  return { job, seen };
}

test('a job that is enqueued in a transaction that commits is done once, with its data', async () => {
  const { job, seen } = recording();
  const here = await stand(job);
  const { database } = here.context.store;
  const queue = here.queue();
  await database.transaction().execute(async (transaction) => {
    await queue.enqueue(transaction, 'count', { paymentId: 'a' });
    // Other connections do not see it before the commit.
    expect(await rows(here)).toEqual([]);
  });
  here.begin();
  await expect.poll(() => rows(here), slowly).toMatchObject([{ state: 'completed', retries: 0 }]);
  expect(seen).toEqual([{ paymentId: 'a' }]);
  expect(here.outcomes).toEqual(['done']);
});

test('a job that is enqueued in a transaction that rolls back is never done', async () => {
  const { job, seen } = recording();
  const here = await stand(job);
  const { database } = here.context.store;
  const queue = here.queue();
  const rolledBack = database.transaction().execute(async (transaction) => {
    await queue.enqueue(transaction, 'count', { paymentId: 'rolled back' });
    throw new RangeError('no commit');
  });
  await expect(rolledBack).rejects.toThrow('no commit');
  here.begin();
  // Another one, which is done after the first would have been.
  await database
    .transaction()
    .execute((transaction) => queue.enqueue(transaction, 'count', { paymentId: 'committed' }));
  await expect.poll(() => rows(here), slowly).toMatchObject([{ state: 'completed' }]);
  expect(seen).toEqual([{ paymentId: 'committed' }]);
});

test('every enqueued job is done, however many wait', async () => {
  const { job, seen } = recording();
  const here = await stand(job);
  const queue = here.queue();
  await here.context.store.database.transaction().execute(async (transaction) => {
    for (const number of [1, 2, 3]) await queue.enqueue(transaction, 'count', { number });
  });
  here.begin();
  await expect.poll(() => seen.length, slowly).toBe(3);
  expect(seen).toEqual(expect.arrayContaining([{ number: 1 }, { number: 2 }, { number: 3 }]));
});

test('an enqueued job that fails is tried again with its data until it succeeds', async () => {
  const { job, seen } = recording((_data, runs) => {
    if (runs < 3) throw new RangeError('not yet');
  });
  const here = await stand(job);
  const queue = here.queue();
  await here.context.store.database
    .transaction()
    .execute((transaction) => queue.enqueue(transaction, 'count', { paymentId: 'a' }));
  here.begin();
  await expect.poll(() => rows(here), slowly).toMatchObject([{ state: 'completed', retries: 2 }]);
  expect(seen).toEqual([{ paymentId: 'a' }, { paymentId: 'a' }, { paymentId: 'a' }]);
});

test('an enqueued job that fails to the last is dead: logged as such, kept, and not done again', async () => {
  const failing: Job = {
    limits: { ...quickLimits, retriesMax: 1 },
    run: () => Promise.reject(new RangeError('never')),
  };
  const here = await stand(failing);
  const queue = here.queue();
  await here.context.store.database
    .transaction()
    .execute((transaction) => queue.enqueue(transaction, 'count', { paymentId: 'a' }));
  here.begin();
  await expect
    .poll(() => rows(here), slowly)
    .toMatchObject([{ state: 'failed', retries: 1, data: { paymentId: 'a' } }]);
  expect(here.outcomes).toEqual(['failed', 'failed']);
  expect(here.logged('a job failed')).toMatchObject([{ isLast: false }, { isLast: true }]);
});

test('a queue that is closed takes no job, and the transaction of its caller fails', async () => {
  const here = await stand(recording().job);
  const queue = here.queue();
  await queue.close(0);
  const enqueued = here.context.store.database
    .transaction()
    .execute((transaction) => queue.enqueue(transaction, 'count', {}));
  await expect(enqueued).rejects.toMatchObject({ code: 'database_unavailable' });
});

test('many transactions that enqueue first in a process that has just started do not wait for each other', async () => {
  const here = await stand(recording().job);
  const queue = here.queue();
  const { database } = here.context.store;
  const enqueue = (number: number) =>
    database.transaction().execute(async (transaction) => {
      await sql`select 1`.execute(transaction);
      await queue.enqueue(transaction, 'count', { number });
    });
  await Promise.all(Array.from({ length: 30 }, (_, number) => enqueue(number)));
  expect(await rows(here)).toHaveLength(30);
});

test('a job whose schedule is gone becomes one that is only enqueued, and any number of it may wait', async () => {
  const { job } = recording();
  const scheduled = await stand({ ...job, cron: '0 0 1 1 *' });
  const work = scheduled.begin();
  await expect.poll(() => scheduled.logged(begun), slowly).toHaveLength(1);
  await work.stop();
  const here = scheduled.withJob(job);
  const queue = here.queue();
  for (const number of [1, 2])
    await here.context.store.database
      .transaction()
      .execute((transaction) => queue.enqueue(transaction, 'count', { number }));
  expect(await rows(here)).toMatchObject([{ state: 'created' }, { state: 'created' }]);
});
