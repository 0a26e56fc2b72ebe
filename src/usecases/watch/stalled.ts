import { oldestDueWebhook } from '#store/inbox/inbox.ts';
import { lastRuns } from '#store/scheduled-runs.ts';
import { holdConditions, type ConditionContext } from '../alerts/conditions.ts';

/** A scheduled job, and the time between two of its runs, in milliseconds. */
export interface Schedule {
  job: string;
  periodMs: number;
}

/** What is told of work in the internal health, by its name. */
export type WorkHealth = Readonly<Record<'scheduled_work' | 'webhook_inbox', boolean>>;

/** A job that was not done in this many of its periods has stalled. */
const periodsMax = 3;
/** A run may take five minutes and be taken up by another process; a webhook may wait for earlier ones. */
const stalledMsMin = 600_000;
const namedMax = 5;

/** Alerts once while any scheduled work, or the webhook inbox, is not done in time. Returns what is well. */
export async function watchStalledWork(
  context: ConditionContext,
  schedules: readonly Schedule[],
): Promise<WorkHealth> {
  const [jobs, webhooks] = [await stalledJobs(context, schedules), await stalledWebhooks(context)];
  const work = [...webhooks, ...jobs].map(({ name, sinceMs }) => {
    return { name, minutes: Math.round(sinceMs / 60_000) };
  });
  const found = work.length === 0 ? [] : [{ subject: 'work', parameters: { work: work.slice(0, namedMax) } }];
  await holdConditions(context, 'work_stalled', { found });
  return { scheduled_work: jobs.length === 0, webhook_inbox: webhooks.length === 0 };
}

interface LateWork {
  name: string;
  sinceMs: number;
}

async function stalledJobs(
  { store, clock }: ConditionContext,
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

async function stalledWebhooks({ store, clock }: ConditionContext): Promise<LateWork[]> {
  const now = clock.now();
  const dueAt = await oldestDueWebhook(store.database, now);
  const sinceMs = now.getTime() - (dueAt ?? now).getTime();
  return sinceMs > stalledMsMin ? [{ name: 'webhook inbox', sinceMs }] : [];
}
