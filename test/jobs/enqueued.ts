import { sql } from 'kysely';
import { allJobs } from '#jobs/table.ts';
import type { EnqueuedJobs, UseCaseContext } from '#usecases/context.ts';

/** Does the jobs of that name that wait, once each, as a process would; they stay in the queue. */
export async function doEnqueued(context: UseCaseContext, name: keyof EnqueuedJobs): Promise<void> {
  const { rows } = await sql<{ data: unknown }>`
    select data from jobs.job where name = ${name} and state = 'created'
  `.execute(context.store.database);
  const { signal } = new AbortController();
  for (const { data } of rows) await allJobs[name]?.run(context, { data, signal });
}
