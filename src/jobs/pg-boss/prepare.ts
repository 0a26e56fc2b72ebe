import type { PgBoss } from 'pg-boss';
import { scheduledLimits } from '../limits.ts';
import type { JobDefinition } from '../port.ts';
import type { JobTiming } from '../timing.ts';
import { queueOptions, type Boss } from './boss.ts';

/**
 * At most one instance of a scheduled job exists, waiting or active, so that late ones do not pile up behind a slow
 * one.
 */
const scheduledPolicy = 'exclusive';
/** Every enqueued job is done. */
const enqueuedPolicy = 'standard';
/** An arbitrary number: it only has to be the same in every process of Drop. */
const lockNumber = 0x6a6f6273;

/**
 * Brings queues and schedules into the state that this version of Drop defines, whatever an earlier version has left.
 * Processes do this one after the other, so that none replaces a queue that another one has just made.
 */
export async function prepareQueues(
  { boss, pool }: Boss,
  { jobs, timing }: { jobs: Readonly<Record<string, JobDefinition>>; timing: JobTiming },
): Promise<void> {
  // A connection of the queue's own: a caller that enqueues waits for this with one of the application's in hand.
  const connection = await pool.connect();
  try {
    await connection.query('begin');
    // A process that hangs here must not keep the others from their work.
    await connection.query("set local idle_in_transaction_session_timeout = '30s'");
    await connection.query('select pg_advisory_xact_lock($1)', [lockNumber]);
    for (const [name, job] of Object.entries(jobs)) await prepareQueue(boss, name, job);
    for (const { name } of await boss.getQueues())
      await boss.updateQueue(name, queueOptions(jobs[name]?.limits ?? scheduledLimits, timing));
    for (const { name } of await boss.getSchedules())
      if (jobs[name]?.cron === undefined) await boss.unschedule(name);
  } finally {
    // The lock was all that the transaction was for.
    await connection.query('rollback').then(
      () => connection.release(),
      () => connection.release(true),
    );
  }
}

/**
 * The policy of a queue cannot be changed, so a queue with another policy is replaced. A scheduled job that was stuck
 * in it is deleted with it, and done once more instead.
 */
async function prepareQueue(boss: PgBoss, name: string, { cron }: JobDefinition): Promise<void> {
  const policy = cron === undefined ? enqueuedPolicy : scheduledPolicy;
  const before = await boss.getQueue(name);
  const isReplaced = before !== null && before.policy !== policy;
  if (isReplaced) await boss.deleteQueue(name);
  await boss.createQueue(name, { policy });
  if (cron === undefined) return;
  // A scheduled time that passed while no process was running is made up for once.
  await boss.schedule(name, cron, null, { missed: 'once' });
  if (isReplaced) await boss.send(name);
}
