import type { Scheduled } from '#domain/clock.ts';
import { databaseAnswers } from '#store/database.ts';
import { raise } from '../alerts/raise.ts';
import type { UseCaseContext } from '../context.ts';
import { createOutage } from './outage.ts';
import { watchStalledWork, type Schedule, type WorkReport } from './stalled.ts';

/** What each process watches by itself, since it cannot be a job: the database, and whether jobs are done at all. */
export interface Watch {
  /** What work was well, and last done, when it was last looked at. */
  work(): WorkReport;
  stop(): void;
}

const probeMs = 5_000;
const workMs = 60_000;
/** What was missed while no process ran is made up for first. */
const graceMs = 600_000;

/**
 * Watches for as long as the process lives. Each look ends within seconds, and is followed by the next. `answers` says
 * whether the database answers.
 */
export function startWatch(
  context: UseCaseContext,
  schedules: readonly Schedule[],
  answers: () => Promise<boolean> = () => databaseAnswers(context.store.pool, context.clock),
): Watch {
  const { clock, log } = context;
  let work: WorkReport = {
    health: { scheduled_work: true, webhook_inbox: true, outbox: true },
    lastDone: {},
  };
  let nextWorkMs = clock.monotonicMs() + graceMs;
  let next: Scheduled | undefined;
  let isStopped = false;
  const outage = createOutage({
    clock,
    onDown() {
      log('error', 'the database does not answer');
      void raise(context, 'database_down', {});
    },
    onOver(lasted) {
      log('info', 'the database answers again', lasted);
      void raise(context, 'database_down_over', lasted);
    },
  });

  async function look(): Promise<void> {
    const isUp = await answers();
    if (isStopped) return;
    outage.observe(isUp);
    if (!isUp || clock.monotonicMs() < nextWorkMs) return;
    nextWorkMs = clock.monotonicMs() + workMs;
    work = await watchStalledWork(context, schedules);
  }

  function lookLater(): void {
    if (isStopped) return;
    next = clock.schedule(probeMs, () => {
      look()
        .catch((error: unknown) => log('warn', 'scheduled work could not be watched', { error }))
        .finally(lookLater);
    });
  }

  lookLater();
  return {
    work: () => work,
    stop() {
      isStopped = true;
      next?.cancel();
    },
  };
}
