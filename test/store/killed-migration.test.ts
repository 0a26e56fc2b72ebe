import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '#store/migrate.ts';
import type { MigrationProgress } from '#store/upgrade/progress.ts';
import { storeWithoutTables } from '../support/database.ts';
import { migrationsOf } from '../support/migrations.ts';

const program = fileURLToPath(new URL('./migrating-process.ts', import.meta.url));

/** Slow enough to be killed in each. A second run of any but the last two would fail. */
const files = {
  '0001-things.sql': 'create table things (id integer primary key); select pg_sleep(0.2);',
  '0002-rows.sql': 'insert into things select generate_series(1, 1000); select pg_sleep(0.2);',
  '0003-names.sql': 'alter table things add column name text; select pg_sleep(0.2);',
  '0004-index.sql':
    '-- outside-transaction\ncreate index concurrently if not exists things_name on things (name);',
  '0005-filled.sql': `-- outside-transaction\nupdate things set name = 'x' where name is null;\nselect pg_sleep(0.2);`,
};
const names = Object.keys(files);

interface Migrating {
  /** Resolves when the process reports that migration as begun. */
  begun(name: string): Promise<void>;
  kill(): Promise<void>;
}

function migrating(url: string, directory: URL): Migrating {
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env['PATH'], DATABASE_URL: url, DIRECTORY: directory.href },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const seen = new Set<string>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const progress = JSON.parse(line) as MigrationProgress;
    if (progress.step === 'begun') seen.add(progress.migration);
  });
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(kill);
  return {
    kill,
    begun: (name) => expect.poll(() => [...seen], { interval: 5 }).toContain(name),
  };
}

async function expectWhole(pool: pg.Pool): Promise<void> {
  const applied = await pool.query<{ name: string }>('select name from migrations order by name');
  expect(applied.rows.map(({ name }) => name)).toEqual(names);
  const rows = await pool.query(`select count(*)::integer as count from things where name = 'x'`);
  expect(rows.rows).toEqual([{ count: 1_000 }]);
  const index = await pool.query(
    `select indisvalid from pg_index where indexrelid = to_regclass('things_name')`,
  );
  expect(index.rows).toEqual([{ indisvalid: true }]);
}

test.each(names)(
  'a process that is killed in migration %s leaves what the next one completes',
  async (name) => {
    const { url, pool } = await storeWithoutTables();
    const directory = await migrationsOf(files);
    const { begun, kill } = migrating(url, directory);
    await begun(name);
    await kill();
    await migrate(url, { directory });
    await expectWhole(pool);
  },
);

test('a process that is killed while it builds an index leaves what the next one completes', async () => {
  const { url, pool } = await storeWithoutTables();
  const directory = await migrationsOf(files);
  const before = Object.entries(files).slice(0, 3);
  await migrate(url, { directory: await migrationsOf(Object.fromEntries(before)) });
  const reader = new pg.Client({ connectionString: url });
  await reader.connect();
  onTestFinished(() => reader.end());
  await reader.query('begin isolation level repeatable read');
  await reader.query('select * from things');
  const { kill } = migrating(url, directory);
  const isBuilding = async (): Promise<unknown> =>
    (await pool.query(`select to_regclass('things_name') is not null as found`)).rows;
  await expect.poll(isBuilding).toEqual([{ found: true }]);
  await kill();
  await reader.query('commit');
  await migrate(url, { directory });
  await expectWhole(pool);
});
