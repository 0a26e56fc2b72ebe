import { expect, test } from 'vitest';
import { prepared, runPrepared } from '#store/prepared.ts';
import { testStore } from '../support/database.ts';

const reading = prepared('read_things', 'select name from things where id = $1');

test('a statement that has a name runs after a migration that changes the type of its column', async () => {
  const { pool } = await testStore();
  await pool.query(`create table things (id integer, name integer); insert into things values (1, 7)`);
  const read = async (): Promise<unknown> => (await runPrepared(pool, reading, [1])).rows;
  expect(await read()).toEqual([{ name: 7 }]);
  await pool.query('alter table things alter column name type text');
  expect(await read()).toEqual([{ name: '7' }]);
});

test('statements of two versions that have the same purpose have different names', () => {
  const former = prepared('read_things', 'select name from things');
  expect(former.name).not.toBe(reading.name);
});
