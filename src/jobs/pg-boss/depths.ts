import { sql } from 'kysely';
import type { Queries } from '#store/database.ts';
import { allJobs } from '../table.ts';

/** The jobs of one name that wait, are being done, or are dead. */
export interface JobDepth {
  job: string;
  waiting: number;
  active: number;
  /** Given up, and still kept for an operator. */
  dead: number;
}

/** How many jobs there are, by name; empty while the queue was never started on this database. */
export async function jobDepths(queries: Queries): Promise<JobDepth[]> {
  const known = await sql<{
    isThere: boolean;
  }>`select to_regclass('jobs.job') is not null as "isThere"`.execute(queries);
  if (known.rows[0]?.isThere !== true) return [];
  const { rows } = await sql<JobDepth>`
    select known.job,
      count(*) filter (where state in ('created', 'retry'))::integer as waiting,
      count(*) filter (where state = 'active')::integer as active,
      count(*) filter (where state = 'failed')::integer as dead
    from unnest(${Object.keys(allJobs)}::text[]) as known (job)
    left join jobs.job as each on each.name = known.job and each.state <> 'completed'
    group by known.job
  `.execute(queries);
  return rows;
}
