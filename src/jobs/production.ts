import type { Log } from '#usecases/context.ts';
import { createPgBossQueue } from './pg-boss/queue.ts';
import type { JobQueue } from './port.ts';
import { allJobs } from './table.ts';
import { productionTiming } from './timing.ts';

/** The queue of Drop's jobs in the database at `url`. */
export function createProductionQueue({ url, log }: { url: string; log: Log }): JobQueue {
  return createPgBossQueue({ url, log, jobs: allJobs, timing: productionTiming });
}
