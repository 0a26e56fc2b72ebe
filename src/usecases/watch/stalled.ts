import type { Clock } from '#domain/clock.ts';
import { oldestDueWebhook } from '#store/inbox/inbox.ts';
import { oldestDueEntry } from '#store/outbox/claims.ts';
import { lastRuns } from '#store/scheduled-runs.ts';
import { holdConditions, type ConditionContext } from '../alerts/conditions.ts';

/** A scheduled job, and the time between two of its runs, in milliseconds. */
export interface Schedule {
  job: string;
  periodMs: number;
}

/** What is told of work in the internal health, by its name. */
export type WorkHealth = Readonly<Record<'scheduled_work' | 'webhook_inbox' | 'outbox', boolean>>;

/** A job that was not done in this many of its periods has stalled. */
const periodsMax = 3;
/** A run may take five minutes and be taken up by another process, and a webhook may wait for earlier ones. */
const stalledMsMin = 600_000;
const namedMax = 5;

/** Alerts once while any scheduled work, webhook or message is not handled in time. Returns what is well. */
export async function watchStalledWork(
  context: ConditionContext,
  schedules: readonly Schedule[],
): Promise<WorkHealth> {
  const { late, health } = await workHealth(context, schedules);
  const work = late.slice(0, namedMax).map(({ name, sinceMs }) => {
    return { name, minutes: Math.round(sinceMs / 60_000) };
  });
  const found = work.length === 0 ? [] : [{ subject: 'work', parameters: { work } }];
  await holdConditions(context, 'work_stalled', { found });
  return health;
}

/** What is read to see whether work is late. */
export type WorkContext = Pick<ConditionContext, 'store' | 'clock'>;

/** What work is late, and whether each kind of work is done in time. Changes nothing. */
export async function workHealth(
  context: WorkContext,
  schedules: readonly Schedule[],
): Promise<{ late: LateWork[]; health: WorkHealth }> {
  const { store, clock } = context;
  const jobs = await stalledJobs(context, schedules);
  const webhooks = lateSince('webhook inbox', await oldestDueWebhook(store.database, clock.now()), clock);
  const messages = lateSince('outbox', await oldestDueEntry(store.database, clock.now()), clock);
  const isWell = (late: readonly LateWork[]): boolean => late.length === 0;
  const health = { scheduled_work: isWell(jobs), webhook_inbox: isWell(webhooks), outbox: isWell(messages) };
  return { late: [...webhooks, ...messages, ...jobs], health };
}

interface LateWork {
  name: string;
  sinceMs: number;
}

async function stalledJobs(
  { store, clock }: WorkContext,
  schedules: readonly Schedule[],
): Promise<LateWork[]> {
  const now = clock.now();
  const names = schedules.map(({ job }) => job);
  const doneAt = new Map((await lastRuns(store.database, names, now)).map((run) => [run.job, run.doneAt]));
  return schedules.flatMap(({ job, periodMs }) => {
    const sinceMs = now.getTime() - (doneAt.get(job) ?? now).getTime();
    return sinceMs > Math.max(stalledMsMin, periodsMax * periodMs) ? [{ name: job, sinceMs }] : [];
  });
}

function lateSince(name: string, dueAt: Date | undefined, clock: Clock): LateWork[] {
  const sinceMs = dueAt === undefined ? 0 : clock.now().getTime() - dueAt.getTime();
  return sinceMs > stalledMsMin ? [{ name, sinceMs }] : [];
}
