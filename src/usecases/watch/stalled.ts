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

/** What is well of the work beside requests, by the name of its component in the internal health. */
export type WorkHealth = Readonly<Record<'scheduled_work' | 'webhook_inbox' | 'outbox', boolean>>;

/** What is told of work in the internal health. */
export interface WorkReport {
  health: WorkHealth;
  /** When each scheduled job was last done without a failure. */
  lastDone: Readonly<Record<string, Date>>;
}

/** A job that was not done in this many of its periods has stalled. */
const periodsMax = 3;
/** A run may take five minutes and be taken up by another process, and a webhook may wait for earlier ones. */
const stalledMsMin = 600_000;
const namedMax = 5;

/** Alerts once while any scheduled work, webhook or message is not handled in time. Returns what is told of it. */
export async function watchStalledWork(
  context: ConditionContext,
  schedules: readonly Schedule[],
): Promise<WorkReport> {
  const { late, ...report } = await workHealth(context, schedules);
  const work = late.slice(0, namedMax).map(({ name, sinceMs }) => {
    return { name, minutes: Math.round(sinceMs / 60_000) };
  });
  const found = work.length === 0 ? [] : [{ subject: 'work', parameters: { work } }];
  await holdConditions(context, 'work_stalled', { found });
  return report;
}

/** What is read to see whether work is late. */
export type WorkContext = Pick<ConditionContext, 'store' | 'clock'>;

/** What work is late, and whether each kind of work is done in time. Changes nothing. */
export async function workHealth(
  context: WorkContext,
  schedules: readonly Schedule[],
): Promise<WorkReport & { late: LateWork[] }> {
  const { store, clock } = context;
  const runs = await runsOf(context, schedules);
  const jobs = stalledJobs(clock, schedules, runs);
  const webhooks = lateSince('webhook inbox', await oldestDueWebhook(store.database, clock.now()), clock);
  const messages = lateSince('outbox', await oldestDueEntry(store.database, clock.now()), clock);
  const isWell = (late: readonly LateWork[]): boolean => late.length === 0;
  return {
    health: { scheduled_work: isWell(jobs), webhook_inbox: isWell(webhooks), outbox: isWell(messages) },
    lastDone: Object.fromEntries(runs),
    late: [...webhooks, ...messages, ...jobs],
  };
}

/** Work that is not done in time. */
export interface LateWork {
  name: string;
  sinceMs: number;
}

/** When each job was last done. */
async function runsOf(
  { store, clock }: WorkContext,
  schedules: readonly Schedule[],
): Promise<ReadonlyMap<string, Date>> {
  const names = schedules.map(({ job }) => job);
  return new Map((await lastRuns(store.database, names, clock.now())).map((run) => [run.job, run.doneAt]));
}

/** The jobs that have stalled; one that is not in `doneAt` was never done, and has not. */
export function stalledJobs(
  clock: Clock,
  schedules: readonly Schedule[],
  doneAt: ReadonlyMap<string, Date>,
): LateWork[] {
  const now = clock.now();
  return schedules.flatMap(({ job, periodMs }) => {
    const sinceMs = now.getTime() - (doneAt.get(job) ?? now).getTime();
    return sinceMs > Math.max(stalledMsMin, periodsMax * periodMs) ? [{ name: job, sinceMs }] : [];
  });
}

function lateSince(name: string, dueAt: Date | undefined, clock: Clock): LateWork[] {
  const sinceMs = dueAt === undefined ? 0 : clock.now().getTime() - dueAt.getTime();
  return sinceMs > stalledMsMin ? [{ name, sinceMs }] : [];
}
