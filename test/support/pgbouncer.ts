import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished } from 'vitest';
import { postgresHome } from '#store/embedded/home.ts';
import { findPgBouncer } from '../../scripts/pgbouncer.ts';
import { freePort } from './free-port.ts';
import { newScratchDirectory } from './scratch.ts';

const program = findPgBouncer();

/** Why tests behind a pooler are skipped; undefined when they are not. */
export const skippedBecause =
  program === undefined
    ? 'no PgBouncer: on Debian, apt-get install pgbouncer, or set PGBOUNCER_PATH'
    : undefined;

export interface PgBouncer {
  /** The pooled address of the database. */
  url: string;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
  /** Starts it again on the same port. */
  restart(): Promise<void>;
}

/** Few, so that a client soon gets another server connection than the one before. */
const poolSizeDefault = 4;

/**
 * A PgBouncer in transaction mode in front of the database at `url`, with at most `poolSize` connections to it. Gone
 * with the test.
 */
export async function pgBouncerBefore(url: string, poolSize = poolSizeDefault): Promise<PgBouncer> {
  const directory = await newScratchDirectory('drop-pgbouncer-');
  const { uid, gid } = await postgresHome(directory);
  const pooled = new URL(url);
  pooled.port = `${await freePort()}`;
  const users = join(directory, 'users.txt');
  const settings = join(directory, 'pgbouncer.ini');
  await writeFile(users, `"${pooled.username}" "${decodeURIComponent(pooled.password)}"\n`);
  await writeFile(settings, settingsFor(url, { port: pooled.port, users, poolSize }));
  await Promise.all([chmod(users, 0o644), chmod(settings, 0o644)]);
  const identity = uid === undefined || gid === undefined ? {} : { uid, gid };
  let running: ChildProcess | undefined;

  async function start(): Promise<void> {
    running = spawn(program ?? '', ['--quiet', settings], { ...identity, cwd: '/', stdio: 'ignore' });
    await expect.poll(() => isServed(pooled.href)).toBe(true);
  }

  async function kill(): Promise<void> {
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    running.kill('SIGKILL');
    await ended;
  }

  onTestFinished(async () => {
    await kill();
    await rm(directory, { recursive: true, force: true });
  });
  await start();
  return { url: pooled.href, kill, restart: start };
}

function settingsFor(
  url: string,
  { port, users, poolSize }: { port: string; users: string; poolSize: number },
): string {
  const { hostname, port: serverPort } = new URL(url);
  return [
    '[databases]',
    `* = host=${hostname} port=${serverPort}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = plain',
    `auth_file = ${users}`,
    'pool_mode = transaction',
    `default_pool_size = ${poolSize}`,
    'max_client_conn = 400',
    'server_login_retry = 1',
    '',
  ].join('\n');
}

async function isServed(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  return client.connect().then(
    async () => client.end().then(() => true),
    () => false,
  );
}
