import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { Database } from '#store/database.ts';
import { queueOptions } from './boss.ts';
import type { Jobs } from './job.ts';
import type { JobTiming } from './timing.ts';

/** At most one of each job there is, waiting or being done: late ones do not pile up behind a slow one. */
const policy = 'exclusive';
/** Any number will do, as long as every process of Drop takes the same lock. */
const lockNumber = 0x6a6f6273;

/**
 * Makes queues and schedules what this version of Drop says they are, whatever an earlier one has left. One process
 * after the other does it: a queue that is replaced must not be one that another process has just made.
 */
export async function prepareQueues(
  boss: PgBoss,
  { database, jobs, timing }: { database: Database; jobs: Jobs; timing: JobTiming },
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    // A process that stands still in here does not keep the others from their work.
    await sql`set local idle_in_transaction_session_timeout = '30s'`.execute(transaction);
    await sql`select pg_advisory_xact_lock(${lockNumber})`.execute(transaction);
    for (const [name, { cron }] of Object.entries(jobs)) await prepareQueue(boss, name, cron);
    for (const { name } of await boss.getQueues()) await boss.updateQueue(name, queueOptions(timing));
    for (const { name } of await boss.getSchedules())
      if (!Object.hasOwn(jobs, name)) await boss.unschedule(name);
  });
}

/**
 * A queue keeps the policy that it was made with, so one with another is replaced. What was stuck in it goes with it;
 * the job is done once more instead.
 */
async function prepareQueue(boss: PgBoss, name: string, cron: string): Promise<void> {
  const before = await boss.getQueue(name);
  const isReplaced = before !== null && before.policy !== policy;
  if (isReplaced) await boss.deleteQueue(name);
  await boss.createQueue(name, { policy });
  // A time that passed while no process was there is made up for.
  await boss.schedule(name, cron, null, { missed: 'once' });
  if (isReplaced) await boss.send(name);
}
