import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '#configuration/config.ts';
import { encryptionKeysOf } from '#configuration/encryption-keys.ts';
import { ManualClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { createSealer } from '#domain/sealer.ts';
import { startPresence } from '#process/presence.ts';
import { postgresHome } from '#store/embedded/home.ts';
import { startEmbeddedPostgres } from '#store/embedded/postgres.ts';
import { migrate } from '#store/migrate.ts';
import { noteRun } from '#store/scheduled-runs.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { secretStateOf } from '#usecases/banking/secret-state.ts';
import { customer, testContext } from '../support/context.ts';
import { storeWithoutTables, testStore } from '../support/database.ts';
import { pgBouncerBefore, skippedBecause } from '../support/pgbouncer.ts';
import { newScratchDirectory } from '../support/scratch.ts';
import { examined, found, staging } from './examined.ts';

const onDatabase = (url: string) => ({ ...staging, DATABASE_URL: url });

test('a database that fits is well, and an announcement is heard', async () => {
  const { of } = await examined(onDatabase((await testStore()).url));
  expect(of('database', 'server')).toEqual(found('ok', 'PostgreSQL '));
  expect(of('database', 'grants')).toEqual(found('ok', 'may do what Drop does'));
  expect(of('database', 'migrations')).toEqual(found('ok', 'are applied'));
  expect(of('pooler', 'addresses')).toEqual(found('ok', 'without a pooler'));
  expect(of('announcements', 'LISTEN')).toEqual(found('ok', 'was heard'));
  expect(of('clock', 'database')).toEqual(found('ok', 'as that of this machine'));
  expect(of('jobs', 'processes')).toEqual(found('warning', 'no process of Drop'));
  expect(of('jobs', 'scheduled work')).toEqual(found('warning', 'no job was done yet'));
});

test('without a database each of its checks says why it was skipped', async () => {
  const { findings, of } = await examined(staging);
  expect(of('database', 'PostgreSQL')).toEqual(found('skipped', 'no DATABASE_URL is set'));
  expect(findings.filter(({ severity }) => severity === 'failed')).toEqual([]);
});

test('a server that does not answer is named with its host, and never with its password', async () => {
  const { of, json } = await examined(onDatabase('postgres://ida:helt-hemmelig@127.0.0.1:1/drop'));
  const fault = 'DATABASE_URL leads to 127.0.0.1 port 1, where no server listens.';
  expect(of('database', 'server')).toEqual(found('failed', fault));
  expect(of('announcements', 'LISTEN')).toEqual(found('failed', fault));
  expect(of('jobs', 'processes')).toEqual(found('skipped', 'as said under database'));
  expect(json).not.toContain('helt-hemmelig');
});

test('a password that is the name of the user, too, is removed from what is told of the user', async () => {
  const address = new URL((await testStore()).url);
  [address.username, address.password] = ['samme-ord-begge-steder', 'samme-ord-begge-steder'];
  const { of, json } = await examined(onDatabase(address.href));
  expect(of('database', 'server')).toEqual(found('failed', 'refuses the user [secret] or its password'));
  expect(json).not.toContain('samme-ord-begge-steder');
});

test('a replica, which takes no changes, is failed', async () => {
  const directory = await newScratchDirectory('drop-replica-');
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const primary = await startEmbeddedPostgres(directory);
  await migrate(primary.url);
  await primary.stop();
  // A server that waits for a primary, of which it has everything.
  const { clusterDirectory } = await postgresHome(directory);
  await writeFile(join(clusterDirectory, 'standby.signal'), '');
  const replica = await startEmbeddedPostgres(directory);
  onTestFinished(() => replica.stop());
  expect((await examined(onDatabase(replica.url))).of('database', 'server')).toMatchObject({
    severity: 'failed',
    text: 'the server is a replica, which takes no changes',
    advice: 'use the address of the primary',
  });
});

test('a sandbox whose database has ended is examined as the sandbox, and the database is failed', async () => {
  const directory = await newScratchDirectory('drop-lost-');
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const environment = JSON.stringify({ ...staging, DROP_DATA_DIR: directory });
  await writeFile(join(directory, 'environment.json'), environment);
  const { of, json } = await examined({ DROP_DATA_DIR: directory });
  expect(of('database', 'PostgreSQL')).toEqual(found('failed', 'does not run'));
  expect(json).not.toContain('is required in production');
});

test('an address that is at fault is not connected to', async () => {
  const { of } = await examined(onDatabase('postgres://ida:a#b@127.0.0.1:1/drop'));
  expect(of('configuration', 'DATABASE_URL')).toEqual(found('failed', 'must be an address such as'));
  expect(of('database', 'PostgreSQL')).toEqual(found('skipped', 'its address is at fault'));
});

test('missing migrations are a warning with the command', async () => {
  const { of } = await examined(onDatabase((await storeWithoutTables()).url));
  expect(of('database', 'migrations')).toMatchObject({
    severity: 'warning',
    text: expect.stringContaining('0 applied'),
    advice: expect.stringContaining('npx drop migrate'),
  });
});

test.each([
  ['0001', 'warning', '1 of a newer version: 9999-later.sql'],
  ['9999', 'failed', 'migrated by a newer version of Drop: 9999-later.sql'],
] as const)('a migration of a newer version that works with %s on is %s', async (oldest, severity, text) => {
  const { url, pool } = await testStore();
  await pool.query(
    `insert into migrations (name, sha256, oldest_compatible, at) values ('9999-later.sql', '', $1, now())`,
    [oldest],
  );
  expect((await examined(onDatabase(url))).of('database', 'migrations')).toEqual(found(severity, text));
});

test('a user without rights on tables is told which', async () => {
  const { url, pool } = await testStore();
  const address = new URL(url);
  const role = `guest_${randomBytes(6).toString('hex')}`;
  await pool.query(`create role ${role} login password 'only-for-a-moment'`);
  [address.username, address.password] = [role, 'only-for-a-moment'];
  try {
    const { of } = await examined(onDatabase(address.href));
    expect(of('database', 'grants')).toEqual(found('failed', 'may not read and write every table: '));
    expect(of('database', 'migrations')).toEqual(found('failed', `the user ${role} may not read`));
    await pool.query(`grant select on all tables in schema public to ${role}`);
    const reading = await examined(onDatabase(address.href));
    expect(reading.of('database', 'grants')).toEqual(found('failed', 'may not read and write every table: '));
    expect(reading.of('database', 'migrations')).toEqual(found('ok', 'are applied'));
  } finally {
    await pool.query(`drop owned by ${role}`);
    await pool.query(`drop role ${role}`);
  }
});

/** A login that may read and write every table of the store, and create none, as `drop_app` of deploy/grants.sql. */
async function writerOf({ url, pool }: { url: string; pool: Pool }): Promise<string> {
  const address = new URL(url);
  const role = `writer_${randomBytes(6).toString('hex')}`;
  await pool.query(`create role ${role} login password 'only-for-a-moment'`);
  onTestFinished(async () => {
    await pool.query(`drop owned by ${role}`);
    await pool.query(`drop role ${role}`);
  });
  await pool.query(`grant all on all tables in schema public to ${role}`);
  await pool.query(`create schema jobs authorization ${role}`);
  [address.username, address.password] = [role, 'only-for-a-moment'];
  return address.href;
}

test('a user who reads and writes is well, although another one owns and migrates the tables', async () => {
  const { of } = await examined(onDatabase(await writerOf(await testStore())));
  expect(of('database', 'grants')).toEqual(found('ok', 'migrations are for the owner of the tables'));
});

test('a user who may create no table is failed while migrations are missing', async () => {
  const { of } = await examined(onDatabase(await writerOf(await storeWithoutTables())));
  expect(of('database', 'grants')).toMatchObject({
    severity: 'failed',
    text: expect.stringContaining('may not create tables, and migrations are missing'),
    advice: expect.stringContaining('as the owner of the tables'),
  });
});

test('a user who may not create the schema of jobs is failed', async () => {
  const { url, pool } = await testStore();
  const address = new URL(await writerOf({ url, pool }));
  await pool.query('drop schema jobs cascade');
  const { of } = await examined(onDatabase(address.href));
  expect(of('database', 'grants')).toEqual(found('failed', 'may not create the schema of jobs'));
});

test('a clock that differs from that of the database by a minute has failed', async () => {
  const { url, pool } = await testStore();
  const { rows } = await pool.query<{ now: Date }>('select now()');
  const clock = new ManualClock(new Date((rows[0]?.now.getTime() ?? 0) + 60_000));
  const { of } = await examined(onDatabase(url), { clock });
  expect(of('clock', 'database')).toEqual(found('failed', 's ahead of that of the database'));
});

test('an address of another database beside DATABASE_URL is refused', async () => {
  const [one, other] = [await testStore(), await testStore()];
  const { of } = await examined({ ...onDatabase(one.url), DATABASE_DIRECT_URL: other.url });
  expect(of('pooler', 'addresses')).toEqual(found('failed', 'leads to another database than DATABASE_URL'));
  expect(of('announcements', 'LISTEN')).toEqual(found('failed', 'was not heard'));
});

test.skipIf(skippedBecause !== undefined)(
  `a pooler is recognised, and needs the direct address beside it${skippedBecause ? `: ${skippedBecause}` : ''}`,
  async () => {
    const { url } = await testStore();
    const pooler = await pgBouncerBefore(url);
    const alone = await examined(onDatabase(pooler.url));
    expect(alone.of('pooler', 'addresses')).toMatchObject({
      severity: 'failed',
      advice: expect.stringContaining('set DATABASE_DIRECT_URL'),
    });
    const both = await examined({ ...onDatabase(pooler.url), DATABASE_DIRECT_URL: url });
    expect(both.of('pooler', 'addresses')).toEqual(found('ok', 'a pooler, and both addresses lead'));
    expect(both.of('announcements', 'LISTEN')).toEqual(found('ok', 'was heard'));
  },
);

test('a job that was not done in three of its periods is late, and processes are counted', async () => {
  const context = await testContext();
  const { store, clock } = context;
  const presence = startPresence(context);
  await noteRun(store.database, 'watch-breakers', clock.now());
  const options = { clock, entropy: systemEntropy };
  await expect
    .poll(async () => (await examined(onDatabase(store.url), options)).of('jobs', 'processes'))
    .toEqual(found('ok', '1 of version'));
  expect((await examined(onDatabase(store.url), options)).of('jobs', 'scheduled work')).toEqual(
    found('ok', '1 of '),
  );
  await presence.stop();
  clock.advance(3_600_000);
  const { of } = await examined(onDatabase(store.url), options);
  expect(of('jobs', 'scheduled work')).toEqual(found('failed', 'watch-breakers (60 min ago)'));
});

test('a key under which nothing of the database opens is found, without being told', async () => {
  const [before, now] = [1, 2].map(() => randomBytes(32).toString('base64'));
  const config = loadConfig({ ...staging, DATA_ENCRYPTION_KEY: before });
  const sealer = createSealer({ ...encryptionKeysOf(config), newNonce: () => randomBytes(12) });
  const context = { ...(await testContext()), sealer };
  const access = { kind: 'attended', ipAddress: '127.0.0.1', userAgent: 'test' } as const;
  const request = { bankId: context.bankId, access, locale: 'nb' } as const;
  const { id } = await startConnection(context, await customer(context), request);
  await secretStateOf(context, { kind: 'consent', id }).change(async () => ({ refreshToken: 'token' }));
  const { of, json } = await examined({ ...onDatabase(context.store.url), DATA_ENCRYPTION_KEY: now });
  expect(of('configuration', 'keys')).toEqual(found('failed', 'DATA_ENCRYPTION_KEY has another key'));
  expect(json).not.toContain(now);
});
