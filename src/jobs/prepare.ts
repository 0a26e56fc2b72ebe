import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { Database } from '#store/database.ts';
import { queueOptions } from './boss.ts';
import type { Jobs } from './job.ts';
import type { JobTiming } from './timing.ts';

/** At most one instance of each job exists, waiting or active, so that late ones do not pile up behind a slow one. */
const policy = 'exclusive';
/** An arbitrary number: it only has to be the same in every process of Drop. */
const lockNumber = 0x6a6f6273;

/**
 * Brings queues and schedules into the state that this version of Drop defines, whatever an earlier version has left.
 * Processes do this one after the other, so that none replaces a queue that another one has just made.
 */
export async function prepareQueues(
  boss: PgBoss,
  { database, jobs, timing }: { database: Database; jobs: Jobs; timing: JobTiming },
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    // A process that hangs here must not keep the others from their work.
    await sql`set local idle_in_transaction_session_timeout = '30s'`.execute(transaction);
    await sql`select pg_advisory_xact_lock(${lockNumber})`.execute(transaction);
    for (const [name, { cron }] of Object.entries(jobs)) await prepareQueue(boss, name, cron);
    for (const { name } of await boss.getQueues()) await boss.updateQueue(name, queueOptions(timing));
    for (const { name } of await boss.getSchedules())
      if (!Object.hasOwn(jobs, name)) await boss.unschedule(name);
  });
}

/**
 * The policy of a queue cannot be changed, so a queue with another policy is replaced. A job that was stuck in it is
 * deleted with it, and done once more instead.
 */
async function prepareQueue(boss: PgBoss, name: string, cron: string): Promise<void> {
  const before = await boss.getQueue(name);
  const isReplaced = before !== null && before.policy !== policy;
  if (isReplaced) await boss.deleteQueue(name);
  await boss.createQueue(name, { policy });
  // A scheduled time that passed while no process was running is made up for once.
  await boss.schedule(name, cron, null, { missed: 'once' });
  if (isReplaced) await boss.send(name);
}
