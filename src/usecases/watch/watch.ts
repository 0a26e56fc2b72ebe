import type { Scheduled } from '#domain/clock.ts';
import { databaseAnswers } from '#store/database.ts';
import { OutageMemory } from '../alerts/outage-memory.ts';
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

interface WatchOptions {
  answers?: () => Promise<boolean>;
  outageMemory?: OutageMemory;
}

const probeMs = 5_000;
const workMs = 60_000;
/** What was missed while no process ran is made up for first. */
const graceMs = 600_000;

/**
 * Watches for as long as the process lives. Each look ends within seconds, and is followed by the next. `answers` says
 * whether the database answers; `outageMemory` counts the errors of an outage.
 */
export function startWatch(
  context: UseCaseContext,
  schedules: readonly Schedule[],
  { answers, outageMemory = new OutageMemory() }: WatchOptions = {},
): Watch {
  const { clock, log, store } = context;
  const looked = answers ?? ((): Promise<boolean> => databaseAnswers(store.pool, clock));
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
      outageMemory.begin();
      log('error', 'the database does not answer', { alert: 'database_down' });
      void raise(context, 'database_down', {});
    },
    onOver(lasted) {
      const gathered = { errors: outageMemory.end(), groups: [] };
      log('info', 'the database answers again', { ...lasted, errors: gathered.errors });
      void raise(context, 'database_down_over', { ...lasted, gathered });
    },
  });

  async function look(): Promise<void> {
    const isUp = await looked();
    if (isStopped) return;
    outage.observe(isUp);
    // What an outage delayed is made up for first; its own alert is open.
    if (outageMemory.isTold) nextWorkMs = Math.max(nextWorkMs, clock.monotonicMs() + graceMs);
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
