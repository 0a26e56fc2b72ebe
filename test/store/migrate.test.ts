import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { listMissing, migrate } from '#store/migrate.ts';
import type { MigrationProgress } from '#store/upgrade/progress.ts';
import { storeWithoutTables } from '../support/database.ts';
import { migrationsOf } from '../support/migrations.ts';

const first = { '0001-things.sql': 'create table things (id integer primary key);' };
const altering = { ...first, '0002-names.sql': 'alter table things add column name text;' };
const indexing = {
  ...first,
  '0002-index.sql':
    '-- outside-transaction\ncreate index concurrently if not exists things_id on things (id);',
};

interface Begun {
  clock: ManualClock;
  progress: MigrationProgress[];
  /** The steps so far, without repetitions. */
  steps(): Set<string>;
  done: Promise<string[]>;
}

function begin(url: string, directory: URL, patienceMs = 60_000): Begun {
  const clock = new ManualClock();
  const progress: MigrationProgress[] = [];
  const done = migrate(url, { directory, clock, patienceMs, onProgress: (each) => progress.push(each) });
  done.catch(() => undefined);
  return { clock, progress, done, steps: () => new Set(progress.map(({ step }) => step)) };
}

/** Another connection, as that of a dump or of another process. */
async function otherConnection(url: string, ...statements: string[]): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'dump' });
  client.on('error', () => undefined);
  await client.connect();
  onTestFinished(() => client.end());
  for (const statement of statements) await client.query(statement);
  return client;
}

const readerOpen = ['begin isolation level repeatable read', 'select * from things'];

test('a database is migrated once, by whichever of many processes comes first', async () => {
  const { url, pool } = await storeWithoutTables();
  const directory = await migrationsOf(altering);
  const applied = await Promise.all(Array.from({ length: 8 }, () => migrate(url, { directory })));
  expect(applied.flat().sort()).toEqual(Object.keys(altering));
  expect((await pool.query('select id, name from things')).rows).toEqual([]);
});

test('missing migrations are listed, and none is applied', async () => {
  const { url, pool } = await storeWithoutTables();
  const directory = await migrationsOf(altering);
  expect(await listMissing(url, { directory })).toEqual(Object.keys(altering));
  expect((await pool.query(`select to_regclass('migrations') as table`)).rows).toEqual([{ table: null }]);
});

test('a file that was changed after it was applied is refused', async () => {
  const { url } = await storeWithoutTables();
  await migrate(url, { directory: await migrationsOf(first) });
  const directory = await migrationsOf({ '0001-things.sql': 'create table things (id bigint primary key);' });
  await expect(migrate(url, { directory })).rejects.toThrow('was changed after it was applied');
});

test('an older version does not start on a newer schema', async () => {
  const { url } = await storeWithoutTables();
  await migrate(url, { directory: await migrationsOf(altering) });
  const starting = migrate(url, { directory: await migrationsOf(first) });
  await expect(starting).rejects.toMatchObject({
    code: 'configuration_invalid',
    message: expect.stringMatching(
      /newer version of Drop: 0002-names\.sql\. .* up to 0001; .* knows 0002\. .*docs\/upgrade\.md/,
    ) as unknown,
  });
});

test('an older version starts on a newer schema that is compatible with it', async () => {
  const { url } = await storeWithoutTables();
  const expanding = {
    ...first,
    '0002-names.sql': `-- oldest-compatible: 0001\n${altering['0002-names.sql']}`,
  };
  await migrate(url, { directory: await migrationsOf(expanding) });
  expect(await migrate(url, { directory: await migrationsOf(first) })).toEqual([]);
});

test('a version that is older than the oldest compatible one does not start', async () => {
  const { url } = await storeWithoutTables();
  const contracting = { ...altering, '0003-less.sql': '-- oldest-compatible: 0002\ndrop table things;' };
  await migrate(url, { directory: await migrationsOf(contracting) });
  expect(await migrate(url, { directory: await migrationsOf(contracting) })).toEqual([]);
  const starting = migrate(url, { directory: await migrationsOf(first) });
  await expect(starting).rejects.toThrow('needs a version that knows 0002');
});

test('a table of migrations that an earlier version made gets the column that it lacks', async () => {
  const { url, pool } = await storeWithoutTables();
  const directory = await migrationsOf(first);
  await migrate(url, { directory });
  await pool.query('alter table migrations drop column oldest_compatible');
  const next = await migrationsOf({ ...first, '0002-more.sql': '-- oldest-compatible: 0001\nselect 1;' });
  expect(await migrate(url, { directory: next })).toEqual(['0002-more.sql']);
  expect(await migrate(url, { directory })).toEqual([]);
});

test('while a reader keeps a table, a migration of it waits, names the reader, and holds up no other', async () => {
  const { url, pool } = await storeWithoutTables();
  await migrate(url, { directory: await migrationsOf(first) });
  const reader = await otherConnection(url, ...readerOpen);
  const { clock, progress, done, steps } = begin(url, await migrationsOf(altering));
  await expect.poll(steps).toContain('waiting_for_lock');
  await pool.query('insert into things values (1)');
  expect(progress.at(-1)).toMatchObject({
    migration: '0002-names.sql',
    transactions: [{ application: 'dump' }],
  });
  await reader.query('commit');
  await expect.poll(() => (clock.advance(10_000), steps())).toContain('applied');
  expect(await done).toEqual(['0002-names.sql']);
});

test('a migration that a reader holds up for longer than its patience ends, and says what to do', async () => {
  const { url } = await storeWithoutTables();
  await migrate(url, { directory: await migrationsOf(first) });
  await otherConnection(url, ...readerOpen);
  const { clock, done, steps } = begin(url, await migrationsOf(altering));
  await expect.poll(steps).toContain('waiting_for_lock');
  clock.advance(61_000);
  await expect(done).rejects.toMatchObject({
    code: 'database_unavailable',
    message: expect.stringContaining('end the transactions that are open for long') as unknown,
  });
});

test('a start waits for the migration of another process, says so, and goes on after it', async () => {
  const { url } = await storeWithoutTables();
  const other = await otherConnection(url, `select pg_advisory_lock(${0x64726f70})`);
  const { clock, done, steps } = begin(url, await migrationsOf(first));
  await expect.poll(steps).toEqual(new Set(['waiting_for_process']));
  await other.query('select pg_advisory_unlock_all()');
  await expect.poll(() => (clock.advance(200), steps())).toContain('applied');
  expect(await done).toEqual(['0001-things.sql']);
});

test('an index is built beside a reader, and writes go on meanwhile', async () => {
  const { url, pool } = await storeWithoutTables();
  await migrate(url, { directory: await migrationsOf(first) });
  const reader = await otherConnection(url, ...readerOpen);
  const { done, steps } = begin(url, await migrationsOf(indexing));
  await expect.poll(async () => indexStates(pool)).toEqual([false]);
  await pool.query('insert into things values (1)');
  // For longer than a migration may hold up others.
  await expect.poll(async () => buildingMs(pool)).toBeGreaterThan(600);
  await reader.query('commit');
  expect(await done).toEqual(['0002-index.sql']);
  expect(steps()).toEqual(new Set(['begun', 'applied']));
  expect(await indexStates(pool)).toEqual([true]);
});

test('an index whose building was broken off is built anew', async () => {
  const { url, pool } = await storeWithoutTables();
  await migrate(url, { directory: await migrationsOf(first) });
  const reader = await otherConnection(url, ...readerOpen);
  const directory = await migrationsOf(indexing);
  const { done } = begin(url, directory);
  await expect.poll(async () => indexStates(pool)).toEqual([false]);
  await pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'drop migrations' and datname = current_database()`,
  );
  await expect(done).rejects.toThrow('terminating connection');
  await reader.query('commit');
  expect(await indexStates(pool)).toEqual([false]);
  expect(await migrate(url, { directory })).toEqual(['0002-index.sql']);
  expect(await indexStates(pool)).toEqual([true]);
});

test('an index outside a transaction that could not be built twice is refused', async () => {
  const { url } = await storeWithoutTables();
  const sql = '-- outside-transaction\ncreate index concurrently things_id on things (id);';
  const migrating = migrate(url, { directory: await migrationsOf({ ...first, '0002-index.sql': sql }) });
  await expect(migrating).rejects.toThrow('create index concurrently if not exists');
});

/** For how long the statement that builds the index has run. */
async function buildingMs(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ ms: number }>(
    `select (extract(epoch from clock_timestamp() - query_start) * 1000)::integer as ms from pg_stat_activity
    where application_name = 'drop migrations' and query like 'create index%' and datname = current_database()`,
  );
  return rows[0]?.ms ?? 0;
}

/** Whether each index beside the primary key is valid. */
async function indexStates(pool: pg.Pool): Promise<boolean[]> {
  const { rows } = await pool.query<{ indisvalid: boolean }>(
    `select indisvalid from pg_index where indrelid = to_regclass('things') and not indisprimary`,
  );
  return rows.map(({ indisvalid }) => indisvalid);
}
