import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '#store/embedded/postgres.ts';
import { postgresHome } from '#store/embedded/home.ts';
import { waitFor } from './wait.ts';

/** PostgreSQL with the roles of deploy/grants.sql, and PgBouncer with deploy/pgbouncer/pgbouncer.ini in front. */
export interface Database {
  migrateUrl: string;
  directUrl: string;
  pooledUrl: string;
  stop(): Promise<void>;
}

const pooledPort = 16_432;
const password = 'made-up-for-this-check';

export async function startDatabase(
  directory: string,
  { pgBouncer, root }: { pgBouncer: string; root: string },
): Promise<Database> {
  const data = join(directory, 'database');
  mkdirSync(data, { mode: 0o755 });
  const server = await startEmbeddedPostgres(data);
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query('create database drop');
  await admin.end();
  const url = new URL(server.url);
  url.pathname = '/drop';
  await grant(url.href, join(root, 'deploy/grants.sql'));
  const as = (role: string, port = url.port): string =>
    `postgres://${role}:${password}@127.0.0.1:${port}/drop`;
  const settings = writeSettings(join(directory, 'pgbouncer'), { root, serverPort: url.port });
  const { uid, gid } = await postgresHome(data);
  const identity = uid === undefined || gid === undefined ? {} : { uid, gid };
  const pooler = spawn(pgBouncer, ['--quiet', settings], { ...identity, cwd: '/', stdio: 'inherit' });
  const ended = once(pooler, 'exit');
  const pooledUrl = as('drop_app', `${pooledPort}`);
  await waitFor('PgBouncer', () => answers(pooledUrl));
  return {
    migrateUrl: as('drop_migrate'),
    directUrl: as('drop_app'),
    pooledUrl,
    async stop() {
      pooler.kill('SIGKILL');
      await ended;
      await server.stop();
    },
  };
}

async function grant(url: string, file: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(readFileSync(file, 'utf8'));
  for (const role of ['drop_migrate', 'drop_app'])
    await client.query(`alter role ${role} password '${password}'`);
  await client.end();
}

/** The file as it is deployed, with the addresses of this machine. Debian 12's PgBouncer lacks prepared statements. */
function writeSettings(folder: string, { root, serverPort }: { root: string; serverPort: string }): string {
  mkdirSync(folder, { mode: 0o755 });
  const users = join(folder, 'users');
  const settings = join(folder, 'pgbouncer.ini');
  const text = readFileSync(join(root, 'deploy/pgbouncer/pgbouncer.ini'), 'utf8')
    .replace('host=postgres port=5432', `host=127.0.0.1 port=${serverPort}`)
    .replace('listen_addr = 0.0.0.0', 'listen_addr = 127.0.0.1')
    .replace('listen_port = 6432', `listen_port = ${pooledPort}`)
    .replace('/run/secrets/pgbouncer_users', users)
    .replace(/^max_prepared_statements.*$/m, '');
  writeFileSync(users, `"drop_app" "${password}"\n`);
  writeFileSync(settings, text);
  chmodSync(users, 0o644);
  chmodSync(settings, 0o644);
  return settings;
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  return client.connect().then(
    async () => client.end().then(() => true),
    () => false,
  );
}
