import type { Jobs } from '#jobs/job.ts';
import { allJobs } from '#jobs/table.ts';
import { quickLimits } from './quick.ts';

/** All jobs of Drop by their names, with other runs. The scheduled ones are not due by themselves while a test runs. */
export function everyJob(run: (name: string) => Promise<void>): Jobs {
  return Object.fromEntries(
    Object.entries(allJobs).map(([name, { cron }]) => [
      name,
      { ...(cron !== undefined && { cron: '0 0 1 1 *' }), limits: quickLimits, run: () => run(name) },
    ]),
  );
}
