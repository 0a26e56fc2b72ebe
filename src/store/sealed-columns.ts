import { sql, type RawBuilder } from 'kysely';
import type { Queries } from './database.ts';

/** A column of sealed texts. `row` is the column with the id that its texts are bound to. */
export interface SealedColumn {
  table: string;
  column: string;
  row: string;
}

/** Every column whose texts are sealed, so that a change of keys finds them all. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'provider_secrets', column: 'sealed', row: 'owner_id' },
  { table: 'transactions', column: 'redirect_url', row: 'id' },
  { table: 'payment_drafts', column: 'sealed', row: 'user_id' },
  { table: 'email_addresses', column: 'sealed_token', row: 'id' },
];

/** How many texts of a column are under which key; null for those that are not sealed yet. */
export async function countByKey(
  queries: Queries,
  { table, column }: SealedColumn,
): Promise<{ keyId: string | null; texts: number }[]> {
  const { rows } = await sql<{ keyId: string | null; texts: number }>`
    select case when ${startsWith(column, 'v1.')} then split_part(${sql.ref(column)}, '.', 2) end as "keyId",
      count(*)::integer as texts
    from ${sql.table(table)} where ${sql.ref(column)} is not null
    group by 1 order by 1
  `.execute(queries);
  return rows;
}

/** Up to `limit` texts that are not under the key `keyId`, in the order of their rows, after the row `after`. */
export async function textsUnderOtherKeys(
  queries: Queries,
  { table, column, row }: SealedColumn,
  page: { keyId: string; after: string; limit: number },
): Promise<{ row: string; text: string }[]> {
  const { rows } = await sql<{ row: string; text: string }>`
    select ${sql.ref(row)}::text as row, ${sql.ref(column)} as text
    from ${sql.table(table)}
    where ${sql.ref(column)} is not null and not ${startsWith(column, `v1.${page.keyId}.`)}
      and ${sql.ref(row)} > ${page.after}::uuid
    order by ${sql.ref(row)} limit ${page.limit}
  `.execute(queries);
  return rows;
}

/** Up to `limit` texts of a column under the key `keyId`. */
export async function textsUnderKey(
  queries: Queries,
  { table, column, row }: SealedColumn,
  { keyId, limit }: { keyId: string; limit: number },
): Promise<{ row: string; text: string }[]> {
  const { rows } = await sql<{ row: string; text: string }>`
    select ${sql.ref(row)}::text as row, ${sql.ref(column)} as text
    from ${sql.table(table)} where ${startsWith(column, `v1.${keyId}.`)} limit ${limit}
  `.execute(queries);
  return rows;
}

/** Puts `to` in the place of `from`; false when the text has changed meanwhile. */
export async function replaceText(
  queries: Queries,
  { table, column, row }: SealedColumn,
  text: { row: string; from: string; to: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update ${sql.table(table)} set ${sql.ref(column)} = ${text.to}
    where ${sql.ref(row)} = ${text.row}::uuid and ${sql.ref(column)} = ${text.from}
  `.execute(queries);
  return numAffectedRows === 1n;
}

/** The consents whose secrets are under the key `keyId`. */
export async function connectionsUnderKey(
  queries: Queries,
  keyId: string,
): Promise<{ id: string; userId: string }[]> {
  return queries
    .selectFrom('provider_secrets')
    .innerJoin('bank_connections', 'bank_connections.id', 'provider_secrets.connection_id')
    .select(['bank_connections.id', 'bank_connections.user_id as userId'])
    .where('key_id', '=', keyId)
    .execute();
}

/** Empties every sealed column of the texts under the key `keyId`; returns how many there were. */
export async function deleteTextsUnderKey(queries: Queries, keyId: string): Promise<number> {
  let deleted = 0;
  for (const { table, column } of sealedColumns) {
    const { numAffectedRows = 0n } = await sql`
      update ${sql.table(table)} set ${sql.ref(column)} = null where ${startsWith(column, `v1.${keyId}.`)}
    `.execute(queries);
    deleted += Number(numAffectedRows);
  }
  return deleted;
}

function startsWith(column: string, prefix: string): RawBuilder<boolean> {
  return sql<boolean>`starts_with(${sql.ref(column)}, ${prefix})`;
}
