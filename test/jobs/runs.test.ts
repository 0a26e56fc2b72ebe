import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Job } from '#jobs/job.ts';
import { createMetrics } from '#process/metrics/metrics.ts';
import { bossOf, due, slowly, stand, yearly, type Stand } from './stand.ts';
import { quickLimits } from './quick.ts';

async function rows({ context }: Stand): Promise<unknown[]> {
  const found = await sql`
    select state, retry_count as "retries", output from jobs.job where name = 'count'
  `.execute(context.store.database);
  return found.rows;
}

test('a job that fails is logged, tried again a bounded number of times, and counted', async () => {
  const failing = async (): Promise<void> => {
    throw new RangeError('no 01817012345 here');
  };
  const here = await stand({ ...yearly, limits: { ...quickLimits, retriesMax: 2 }, run: failing });
  here.begin();
  await due(here);
  await expect
    .poll(() => here.logged('a job failed'), slowly)
    .toMatchObject([
      { job: 'count', attempt: 1, isLast: false, error: expect.any(RangeError) },
      { job: 'count', attempt: 2, isLast: false },
      { job: 'count', attempt: 3, isLast: true },
    ]);
  expect(here.outcomes).toEqual(['failed', 'failed', 'failed']);
  await expect.poll(() => rows(here)).toMatchObject([{ state: 'failed', retries: 2 }]);
  expect(JSON.stringify(await rows(here))).not.toContain('01817012345');
});

test('a process whose job was given to another one is told, and its run ends', async () => {
  const held: Job['run'] = async (_context, { signal }) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    signal.throwIfAborted();
  };
  const here = await stand({ ...yearly, run: held });
  here.begin();
  await due(here);
  await expect.poll(() => rows(here), slowly).toMatchObject([{ state: 'active', retries: 0 }]);
  await sql`update jobs.job set retry_count = 1 where name = 'count'`.execute(here.context.store.database);
  await expect.poll(() => here.outcomes, slowly).toEqual(['interrupted']);
  // The other one's run goes on.
  expect(await rows(here)).toMatchObject([{ state: 'active', retries: 1 }]);
});

test('a job that is being done is not queued behind itself', async () => {
  const over = Promise.withResolvers<undefined>();
  const here = await stand({ ...yearly, run: () => over.promise });
  here.begin();
  await due(here);
  await expect.poll(() => rows(here), slowly).toMatchObject([{ state: 'active' }]);
  const boss = await bossOf(here.context.store);
  expect(await boss.send('count')).toBeNull();
  over.resolve(undefined);
  await expect.poll(() => rows(here)).toMatchObject([{ state: 'completed' }]);
  expect(await boss.send('count')).not.toBeNull();
});

test('a scheduled job that was done is noted, and one that failed is not', async () => {
  let isBroken = true;
  const run = async (): Promise<void> => {
    if (isBroken) throw new RangeError('not yet');
  };
  const here = await stand({ ...yearly, limits: { ...quickLimits, retriesMax: 0 }, run });
  const { database } = here.context.store;
  const noted = () => database.selectFrom('scheduled_runs').selectAll().execute();
  here.begin();
  await due(here);
  await expect.poll(() => here.outcomes, slowly).toEqual(['failed']);
  expect(await noted()).toEqual([]);
  isBroken = false;
  await due(here);
  await expect.poll(noted, slowly).toEqual([{ job: 'count', done_at: here.context.clock.now() }]);
});

test('runs are counted by job and by how they ended', async () => {
  const metrics = createMetrics({
    outbounds: () => [],
    droppedCalls: () => 0,
  });
  metrics.countJobRun('count', 'failed');
  metrics.countJobRun('count', 'failed');
  expect(await metrics.text()).toContain('drop_job_runs_total{job_name="count",outcome="failed"} 2');
});
