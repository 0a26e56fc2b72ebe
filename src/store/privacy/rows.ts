import { sql, type RawBuilder } from 'kysely';
import { assert } from '#domain/errors.ts';
import type { Queries } from '../database.ts';
import { catalogue, type NamedTable } from './catalogue.ts';

/** The condition by which the rows of `userId` are found; undefined where no column names a customer. */
export function rowsOf({ table }: NamedTable, userId: string): RawBuilder<boolean> | undefined {
  const { rowsOf: found } = table;
  if (!found) return undefined;
  const column = sql.ref(found.column);
  if (found.of === undefined) return sql`${column} = ${userId}`;
  const owner = catalogue[found.of];
  assert(owner, 'the catalogue names tables that it has');
  const theirs = rowsOf({ name: found.of, table: owner }, userId);
  assert(theirs, 'the rows lead to a customer');
  return sql`${column} in (select id from ${sql.table(found.of)} where ${theirs})`;
}

/** What the customer's copy has of a table: the rows of `userId` with the given columns, at most `limit` of them. */
export async function readGiven(
  queries: Queries,
  named: NamedTable,
  { userId, limit }: { userId: string; limit: number },
): Promise<Record<string, unknown>[]> {
  const condition = rowsOf(named, userId);
  const given = named.table.given ?? [];
  if (!condition || given.length === 0) return [];
  const columns = sql.join(given.map((column) => sql.ref(column)));
  const { rows } = await sql<Record<string, unknown>>`
    select ${columns} from ${sql.table(named.name)} where ${condition} limit ${limit}
  `.execute(queries);
  return rows;
}
