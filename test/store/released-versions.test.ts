import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readMigrationFiles } from '#store/upgrade/files.ts';
import { testStore } from '../support/database.ts';
import {
  readStatements,
  refusedStatements,
  releasedDirectory,
  type ReleasedVersion,
} from '../support/recorded-statements.ts';

const names = (await readdir(releasedDirectory)).filter((name) => name.endsWith('.json')).sort();
const files = await readMigrationFiles();
/** The oldest level that the newest schema promises to serve. */
const promised =
  files
    .map(({ oldestCompatible }) => oldestCompatible ?? '0016')
    .sort()
    .at(-1) ?? '';
const served = names.filter((name) => name.slice(0, 4) >= promised);

test('the statements of a released version are kept', () => {
  expect(names).not.toEqual([]);
});

test.each(served)('the statements of version %s run on the newest schema', async (name) => {
  const { statements } = await released(name);
  const { pool } = await testStore();
  const client = await pool.connect();
  const refused = await refusedStatements(client, statements);
  client.release();
  expect(refused).toEqual([]);
});

test.each(served)('version %s need not fill a column that it does not know', async (name) => {
  const { columns } = await released(name);
  const { pool } = await testStore();
  const { rows } = await pool.query<{ table: string; column: string }>(
    `select table_name as table, column_name as column from information_schema.columns
    where table_schema = 'public' and is_nullable = 'NO' and column_default is null and is_identity = 'NO'
      and is_generated = 'NEVER'`,
  );
  const unknown = rows.filter(({ table, column }) => columns[table] && !columns[table].includes(column));
  expect(unknown).toEqual([]);
});

test('each migration after 0016 says which versions of Drop work on its schema', () => {
  const silent = files.filter(
    ({ name, oldestCompatible }) => name > '0017' && oldestCompatible === undefined,
  );
  expect(silent.map(({ name }) => name)).toEqual([]);
});

test('statements of Drop are read from a log, each once and without those of tests', () => {
  const log = [
    '~~drop~~LOG:  execute <unnamed>: select *\n\tfrom "users" where "id" = $1\n',
    `~~drop~~DETAIL:  Parameters: $1 = 'a'\n`,
    '~~drop~~LOG:  execute <unnamed>: select * from "users" where "id" = $1\n',
    `~~drop~~LOG:  execute <unnamed>: insert into users (id, name) values ($1, 'Kari')\n`,
    '~~~~LOG:  execute <unnamed>: select * from "sessions" where "id" = $1\n',
    '~~drop jobs~~LOG:  execute <unnamed>: select * from jobs.queue where name = $1\n',
  ];
  expect(readStatements(log.join(''))).toEqual(['select * from "users" where "id" = $1']);
});

async function released(name: string): Promise<ReleasedVersion> {
  return JSON.parse(await readFile(new URL(name, releasedDirectory), 'utf8')) as ReleasedVersion;
}
