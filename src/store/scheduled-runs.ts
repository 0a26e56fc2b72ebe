import { sql } from 'kysely';
import type { Queries } from './database.ts';

/** Notes that a scheduled job ended without a failure. */
export async function noteRun(queries: Queries, job: string, at: Date): Promise<void> {
  await sql`
    insert into scheduled_runs (job, done_at) values (${job}, ${at})
    on conflict (job) do update set done_at = greatest(scheduled_runs.done_at, excluded.done_at)
  `.execute(queries);
}

/** When each of the jobs was last done; one that is not known yet counts as done `at`, since its time begins then. */
export async function lastRuns(
  queries: Queries,
  jobs: readonly string[],
  at: Date,
): Promise<{ job: string; doneAt: Date }[]> {
  const wanted = sql<boolean>`job = any (${[...jobs]}::text[])`;
  const known = await queries
    .selectFrom('scheduled_runs')
    .select(['job', 'done_at as doneAt'])
    .where(wanted)
    .execute();
  const unknown = jobs.filter((name) => !known.some(({ job }) => job === name));
  if (unknown.length === 0) return known;
  const rows = unknown.map((job) => ({ job, done_at: at }));
  await queries
    .insertInto('scheduled_runs')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return [...known, ...unknown.map((job) => ({ job, doneAt: at }))];
}
