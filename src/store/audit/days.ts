import { sql } from 'kysely';
import type { ChainHead } from '#domain/audit/merkle.ts';
import type { Database, Queries } from '../database.ts';

/** How long a writer of entries may be waited for. */
const lockMsMax = 500;
const headsPerPage = 1_000;

/**
 * Closes a day: entries that are added from now on belong to a later one. Waits up to half a second for transactions
 * that have added some, and throws when they take longer.
 */
export async function closeDay(database: Database, day: string, at: Date): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await sql`set local lock_timeout = ${sql.lit(lockMsMax)}`.execute(transaction);
    await sql`lock table audit_entries in share mode`.execute(transaction);
    await transaction
      .insertInto('audit_days')
      .values({ day, closed_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

/** The first day of the trail; undefined before the first entry. */
export async function firstDayOfEntries(queries: Queries): Promise<string | undefined> {
  const row = await queries
    .selectFrom('audit_entries')
    .select('day')
    .orderBy('day')
    .limit(1)
    .executeTakeFirst();
  return row?.day;
}

export async function countEntriesOfDay(queries: Queries, day: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from audit_entries where day = ${day}
  `.execute(queries);
  return rows[0]?.count ?? 0;
}

/** The heads of the chains that gained an entry on `day`, by the names of the chains, a page at a time. */
export async function* headsOfDay(queries: Queries, day: string): AsyncGenerator<ChainHead> {
  for (let after = ''; ;) {
    const { rows } = await sql<ChainHead>`
      select distinct on (chain) chain, sequence, hash from audit_entries
      where day = ${day} and chain > ${after} order by chain, sequence desc limit ${headsPerPage}
    `.execute(queries);
    yield* rows;
    const last = rows.at(-1);
    if (rows.length < headsPerPage || last === undefined) return;
    after = last.chain;
  }
}
