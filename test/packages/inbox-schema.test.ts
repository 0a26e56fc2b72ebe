import type pg from 'pg';
import { expect, test } from 'vitest';
import { inboxSchema } from '#inbox/postgres/schema.ts';
import { storeWithoutTables, testStore } from '../support/database.ts';

/** The columns and indexes of the table, as PostgreSQL describes them. */
async function tableOn(pool: pg.Pool): Promise<{ columns: string[]; indexes: string[] }> {
  const columns = await pool.query<{ text: string }>(`
    select concat_ws(' ', column_name, data_type, is_nullable, column_default, identity_generation) as text
    from information_schema.columns where table_name = 'webhook_inbox' order by 1
  `);
  const indexes = await pool.query<{ text: string }>(
    `select regexp_replace(indexdef, 'INDEX \\S+ ON', 'INDEX ON') as text from pg_indexes
     where tablename = 'webhook_inbox' order by 1`,
  );
  return { columns: columns.rows.map(({ text }) => text), indexes: indexes.rows.map(({ text }) => text) };
}

/** What is Drop's own about its table: replays, and the search by a request's id. */
const isOfDrop = (text: string): boolean => /replay_id|\(request_id|\(traceparent/.test(text);

test('the schema that the package brings makes the table that Drop has', async () => {
  const [own, given] = [await testStore(), await storeWithoutTables()];
  await given.pool.query(inboxSchema);
  const { columns, indexes } = await tableOn(own.pool);
  expect(await tableOn(given.pool)).toEqual({
    columns: columns.filter((text) => !isOfDrop(text)),
    indexes: indexes.filter((text) => !isOfDrop(text)),
  });
});
