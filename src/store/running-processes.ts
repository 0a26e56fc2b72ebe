import { sql } from 'kysely';
import type { Queries } from './database.ts';

/** A process of Drop, as it reports itself. */
export interface RunningProcess {
  id: string;
  host: string;
  pid: number;
  version: string;
  startedAt: Date;
  seenAt: Date;
}

/** A process that was killed leaves its row, which is deleted this long after it was last seen. */
const forgottenMs = 86_400_000;

/** Notes that a process runs, and forgets those that have not been seen for a day. */
export async function reportProcess(queries: Queries, process: RunningProcess): Promise<void> {
  const { id, host, pid, version, startedAt, seenAt } = process;
  await sql`
    with forgotten as (
      delete from running_processes where seen_at < ${new Date(seenAt.getTime() - forgottenMs)}
    )
    insert into running_processes (id, host, pid, version, started_at, seen_at)
    values (${id}, ${host}, ${pid}, ${version}, ${startedAt}, ${seenAt})
    on conflict (id) do update set seen_at = excluded.seen_at
  `.execute(queries);
}

/** Notes that a process ends. */
export async function forgetProcess(queries: Queries, id: string): Promise<void> {
  await queries.deleteFrom('running_processes').where('id', '=', id).execute();
}

const processesMax = 100;

/** The processes that were seen in the last day, the one seen last first. */
export async function listProcesses(queries: Queries): Promise<RunningProcess[]> {
  return queries
    .selectFrom('running_processes')
    .select(['id', 'host', 'pid', 'version', 'started_at as startedAt', 'seen_at as seenAt'])
    .orderBy('seen_at', 'desc')
    .limit(processesMax)
    .execute();
}
