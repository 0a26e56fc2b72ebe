import { sql } from 'kysely';
import type { TestContext } from './context.ts';

/** How many connections to the test's database wait for a row that another one holds. */
export async function waitingForLocks({ store: { database } }: TestContext): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'
  `.execute(database);
  return rows[0]?.count ?? 0;
}
