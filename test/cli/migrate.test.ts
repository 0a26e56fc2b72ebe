import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { storeWithoutTables, testStore } from '../support/database.ts';
import { drop } from './program.ts';

const files = await readdir(new URL('../../src/store/migrations/', import.meta.url));
const migrations = files.filter((name) => name.endsWith('.sql')).sort();

test('migrate applies what is missing, lists it, and shows its progress beside it', async () => {
  const { url, pool } = await storeWithoutTables();
  const { code, output, errors } = await drop(['migrate'], { DATABASE_URL: url });
  expect([code, output]).toEqual([0, migrations.map((name) => `${name} is applied\n`).join('')]);
  expect(errors).toContain(`migration ${migrations[0]} begins\n`);
  expect((await pool.query('select id from users')).rows).toEqual([]);
});

test('migrate --dry-run lists what is missing and changes nothing', async () => {
  const { url, pool } = await storeWithoutTables();
  const { code, output } = await drop(['migrate', '--dry-run', '--json'], { DATABASE_URL: url });
  expect([code, JSON.parse(output)]).toEqual([0, { dryRun: true, migrations }]);
  expect((await pool.query(`select to_regclass('users') as table`)).rows).toEqual([{ table: null }]);
});

test('migrate says that a database has every migration', async () => {
  const { url } = await testStore();
  const { code, output } = await drop(['migrate'], { DATABASE_URL: url });
  expect([code, output]).toEqual([0, 'the database has every migration\n']);
});

test('migrate uses the direct address rather than that of the pooler', async () => {
  const { url } = await testStore();
  const pooled = 'postgres://drop:x@127.0.0.1:1/drop';
  const ran = await drop(['migrate', '--json'], { DATABASE_URL: pooled, DATABASE_DIRECT_URL: url });
  expect([ran.code, JSON.parse(ran.output)]).toEqual([0, { dryRun: false, migrations: [] }]);
});

test('migrate says at which address no database answers', async () => {
  const ran = await drop(['migrate'], { DATABASE_URL: 'postgres://drop:x@127.0.0.1:1/drop' });
  const errors = 'DATABASE_URL leads to 127.0.0.1 port 1, where no server listens.\n';
  expect([ran.code, ran.output, ran.errors]).toEqual([1, '', errors]);
});

test('migrate refuses a database that a newer version has migrated', async () => {
  const { url, pool } = await testStore();
  await pool.query(`insert into migrations (name, sha256, at) values ('9999-later.sql', 'x', now())`);
  const { code, errors } = await drop(['migrate', '--dry-run'], { DATABASE_URL: url });
  expect([code, errors]).toEqual([1, expect.stringContaining('newer version of Drop: 9999-later.sql')]);
});

test('migrate refuses a direct address that leads to another database, and changes neither', async () => {
  const [{ url }, other] = [await testStore(), await storeWithoutTables()];
  const ran = await drop(['migrate'], { DATABASE_URL: url, DATABASE_DIRECT_URL: other.url });
  expect([ran.code, ran.errors]).toEqual([1, expect.stringContaining('another database than DATABASE_URL')]);
  const { rows } = await other.pool.query(`select to_regclass('users') as table`);
  expect(rows).toEqual([{ table: null }]);
});

test.each(['DATABASE_URL', 'DATABASE_DIRECT_URL'])(
  'migrate refuses an unreadable %s, and shows nothing of it',
  async (variable) => {
    for (const address of ['drop:secret@localhost/drop', 'postgres://drop:sec@ret#1@127.0.0.1:1/drop']) {
      const { code, output, errors } = await drop(['migrate'], { [variable]: address });
      expect([code, output]).toEqual([1, '']);
      expect(errors).toMatch(
        new RegExp(`^${variable} must be an address such as postgres://user:password@host`),
      );
      expect(errors).not.toMatch(/sec|ret|localhost/);
    }
  },
);
