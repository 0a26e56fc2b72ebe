import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { databaseError } from '#store/database.ts';
import { testStore } from '../support/database.ts';

test('a connection that breaks between two statements fails the transaction and not the process', async () => {
  const { database, pool } = await testStore();
  const client = await pool.connect();
  client.release();
  const broken = new Promise((resolve) => client.once('end', resolve));
  const working = database.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(database);
    await broken;
    await sql`select 1`.execute(transaction);
  });
  const error = await working.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(databaseError(error)).toMatchObject({
    message: expect.stringMatching(/connection|PostgreSQL/i) as unknown,
  });
  expect((await pool.query<{ one: number }>('select 1 as one')).rows).toEqual([{ one: 1 }]);
});
