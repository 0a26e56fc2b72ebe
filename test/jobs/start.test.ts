import { sql } from 'kysely';
import pg from 'pg';
import { expect, inject, onTestFinished, test } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { begun, due, slowly, stand, yearly, type Stand } from './stand.ts';
import { quickTiming } from './quick.ts';

const notBegun = 'scheduled work did not begin, and is tried again';
const job = { ...yearly, run: async () => undefined };

/** Lets processes connect to the database, or refuses who is not connected yet. */
async function allowConnections({ context }: Stand, isAllowed: boolean): Promise<void> {
  const name = new URL(context.store.url).pathname.slice(1);
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  await client.query(`alter database ${name} allow_connections ${isAllowed}`);
  await client.end();
}

test('work begins when a database that was away at the start is back', async () => {
  const here = await stand(job);
  await allowConnections(here, false);
  here.begin();
  await expect.poll(() => here.logged(notBegun)).toHaveLength(1);
  await allowConnections(here, true);
  here.context.clock.advance(1_000);
  await due(here);
  await expect.poll(() => here.outcomes, slowly).toEqual(['done']);
});

test('work that cannot begin is tried ever more rarely, every half minute at last, and can be stopped', async () => {
  const here = await stand(job);
  await allowConnections(here, false);
  const work = here.begin();
  const waits = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000];
  for (const [failures, againInMs] of waits.entries()) {
    await expect.poll(() => here.logged(notBegun)).toHaveLength(failures + 1);
    expect(here.logged(notBegun).at(-1)).toMatchObject({ againInMs });
    if (failures < waits.length - 1) here.context.clock.advance(againInMs);
  }
  await work.stop();
  here.context.clock.advance(30_000);
  // Another one, which fails after the first would have.
  await here.begin().stop();
  expect(here.logged(notBegun)).toHaveLength(waits.length + 1);
});

test('processes that begin at once on an empty database do not disturb each other', async () => {
  const here = await stand(job);
  for (let process = 0; process < 5; process += 1) here.begin();
  await expect.poll(() => here.logged(begun), slowly).toHaveLength(5);
  await due(here);
  await expect.poll(() => here.outcomes, slowly).toEqual(['done']);
  expect(here.context.logged.filter(({ level }) => level !== 'info')).toEqual([]);
});

/** Takes pg-boss's table away until the test ends, once begun work waits for it. */
async function lockJobs({ context }: Stand): Promise<void> {
  const client = new pg.Client({ connectionString: context.store.url });
  await client.connect();
  onTestFinished(() => client.end());
  await client.query('begin; lock table jobs.job in access exclusive mode');
  const waiting = async (): Promise<number | null> =>
    (await client.query("select from pg_locks where not granted and relation = 'jobs.job_common'::regclass"))
      .rowCount;
  await expect.poll(waiting, slowly).not.toBe(0);
}

test('work stops in bounded time also when the database does not answer', async () => {
  const here = await stand(job);
  const work = here.begin();
  await expect.poll(() => here.logged(begun), slowly).toHaveLength(1);
  await lockJobs(here);
  const stopped = work.stop();
  here.context.clock.advance((quickTiming.stopSeconds + quickTiming.returnSeconds) * 1_000);
  await stopped;
});

/** A time of day an hour ago, every day. */
function anHourAgo(): string {
  const then = new Date(systemClock.now().getTime() - 3_600_000);
  return `${then.getUTCMinutes()} ${then.getUTCHours()} * * *`;
}

test('a time that passed while there was no process is made up for', async () => {
  const here = await stand({ ...job, cron: anHourAgo() });
  const work = here.begin();
  await expect.poll(() => here.logged(begun), slowly).toHaveLength(1);
  await work.stop();
  const { database } = here.context.store;
  await sql`update jobs.schedule set created_on = now() - interval '1 day'`.execute(database);
  await sql`update jobs.version set cron_on = now() - interval '2 hours'`.execute(database);
  expect(here.outcomes).toEqual([]);
  here.begin();
  await expect.poll(() => here.outcomes, slowly).toEqual(['done']);
});
