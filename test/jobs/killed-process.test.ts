import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { createPgBossQueue } from '#jobs/pg-boss/queue.ts';
import { allJobs } from '#jobs/table.ts';
import type { JobTiming } from '#jobs/timing.ts';
import type { Store } from '#store/database.ts';
import { testStore } from '../support/database.ts';
import { everyJob } from './every-job.ts';
import { quickTiming } from './quick.ts';
import { startWorker } from './worker.ts';

const names = Object.keys(allJobs);
const begun = names.map((name) => `begun: ${name}`);
const done = names.map((name) => `done: ${name}`);

/** Enqueues all jobs, as use cases and the schedule do. */
async function enqueueAll({ database, url }: Store, timing: JobTiming): Promise<void> {
  const jobs = everyJob(async () => undefined);
  const queue = createPgBossQueue({ url, jobs, timing, log: () => undefined });
  onTestFinished(() => queue.close(0));
  await database.transaction().execute(async (transaction) => {
    for (const name of names) await queue.enqueue(transaction, name, { paymentId: 'a' });
  });
  await queue.close(0);
}

/** For how many seconds the youngest of the jobs in hand has been done, by the signs of life of its process. */
async function secondsInHand({ database }: Store): Promise<number> {
  const { rows } = await sql<{ seconds: number }>`
    select coalesce(min(extract(epoch from heartbeat_on - started_on)), 0)::float as seconds
    from jobs.job where state = 'active' and name = any(${names})
  `.execute(database);
  return rows[0]?.seconds ?? 0;
}

/** For what processes get to in their own time. */
const longer = { timeout: 60_000, interval: 250 };

async function doneAgain({ database }: Store): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from jobs.job where state = 'completed' and retry_count > 0 and name = any(${names})
  `.execute(database);
  return rows.map(({ name }) => name);
}

test(
  "a job is its process's for as long as that lives, and another one's within seconds when it is killed",
  { timeout: 120_000 },
  async () => {
    const store = await testStore();
    await enqueueAll(store, quickTiming);
    const first = startWorker(store, { holds: true });
    await first.tells(begun);
    const second = startWorker(store, {});
    await second.tells(['scheduled work has begun']);
    await expect.poll(() => secondsInHand(store), longer).toBeGreaterThan(quickTiming.heartbeatSeconds + 1);
    expect(second.told.filter((line) => done.includes(line))).toEqual([]);

    expect(await first.end('SIGKILL')).toBe('SIGKILL');
    await second.tells(done);
    await expect.poll(() => doneAgain(store), longer).toEqual(expect.arrayContaining(names));
  },
);

test('a process that is told to stop hands over the jobs it has in hand', { timeout: 120_000 }, async () => {
  const store = await testStore();
  // No heartbeat can be missed in this time, so only the stop itself hands the work over, however long that takes here.
  const timing = { ...quickTiming, heartbeatSeconds: 3_600, returnSeconds: 100 };
  await enqueueAll(store, timing);
  const first = startWorker(store, { holds: true, timing });
  await first.tells(begun);
  const second = startWorker(store, { timing });
  await second.tells(['scheduled work has begun']);
  expect(await first.end('SIGTERM')).toBe(0);
  await second.tells(done);
  await expect.poll(() => doneAgain(store), longer).toEqual(expect.arrayContaining(names));
});
