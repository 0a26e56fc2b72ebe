import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import { readPostmaster, watchPostmaster } from './postmaster-file.ts';
import { createCluster } from './cluster.ts';
import { freePort } from './free-port.ts';
import { postgresHome, type PostgresHome } from './home.ts';
import { runPostgresProgram } from './programs.ts';

const startTimeoutSeconds = 30;

export interface EmbeddedPostgres {
  url: string;
  /** `created` now, `started` from an existing cluster, or `adopted` from a process that was killed. */
  origin: 'created' | 'started' | 'adopted';
  stop(): Promise<void>;
}

/**
 * A real PostgreSQL server on loopback, its data in `<dataDirectory>/postgres`. The server has its own session: an
 * interrupt at the terminal does not reach it. If its owner is killed, it keeps running until the next start adopts it.
 *
 * @throws {DropError} `database_unavailable` with what PostgreSQL said.
 */
export async function startEmbeddedPostgres(dataDirectory: string): Promise<EmbeddedPostgres> {
  const home = await postgresHome(dataDirectory);
  const isNew = !existsSync(join(home.clusterDirectory, 'PG_VERSION'));
  if (isNew) await createCluster(home);
  const password = await passwordOf(home);
  const adoptedPort = isNew ? undefined : await runningPort(home);
  const port = adoptedPort ?? (await start(home));
  return {
    url: addressOf(password, port),
    origin: isNew ? 'created' : adoptedPort === undefined ? 'started' : 'adopted',
    stop: () => stop(home),
  };
}

/** The address of the embedded server that another process runs on `dataDirectory`; undefined when there is none. */
export async function runningEmbeddedPostgres(dataDirectory: string): Promise<string | undefined> {
  if (!existsSync(dataDirectory)) return undefined;
  const home = await postgresHome(dataDirectory);
  const isThere = existsSync(join(home.clusterDirectory, 'PG_VERSION'));
  const port = isThere ? await runningPort(home) : undefined;
  return port === undefined ? undefined : addressOf(await passwordOf(home), port);
}

function addressOf(password: string, port: number): string {
  return `postgres://drop:${password}@127.0.0.1:${port}/postgres`;
}

async function passwordOf({ passwordFile, dataDirectory }: PostgresHome): Promise<string> {
  const password = await readFile(passwordFile, 'utf8').catch(() => '');
  if (password !== '') return password;
  const message =
    `${passwordFile}, the password of the embedded database, cannot be read: put it back, ` +
    `or delete ${dataDirectory} to begin anew.`;
  throw new DropError('database_unavailable', { message });
}

async function start(home: PostgresHome): Promise<number> {
  const port = await freePort();
  const settings = [
    `-p ${port}`,
    '-c listen_addresses=127.0.0.1',
    "-c unix_socket_directories=''",
    '-c max_connections=200',
    '-c log_statement=none',
    '-c log_min_messages=warning',
  ];
  const { clusterDirectory } = home;
  const watch = watchPostmaster(clusterDirectory, await readPostmaster(clusterDirectory), systemClock);
  const starting = runPostgresProgram(home, 'pg_ctl', [
    'start',
    '--wait',
    `--timeout=${startTimeoutSeconds}`,
    '--silent',
    `--pgdata=${home.clusterDirectory}`,
    `--log=${join(home.clusterDirectory, 'server.log')}`,
    `--options=${settings.join(' ')}`,
  ]);
  await Promise.race([starting, watch.ready]).finally(watch.stop);
  // If the watch finished first, a later failure of `pg_ctl` must not be an unhandled rejection.
  starting.catch(() => undefined);
  return port;
}

/** The port of a server that already runs on this cluster. */
async function runningPort(home: PostgresHome): Promise<number | undefined> {
  const isRunning = await runPostgresProgram(home, 'pg_ctl', [
    'status',
    `--pgdata=${home.clusterDirectory}`,
  ]).then(
    () => true,
    () => false,
  );
  if (!isRunning) return undefined;
  return (await readPostmaster(home.clusterDirectory))?.port;
}

async function stop(home: PostgresHome): Promise<void> {
  await runPostgresProgram(home, 'pg_ctl', [
    'stop',
    '--mode=fast',
    '--wait',
    '--silent',
    `--pgdata=${home.clusterDirectory}`,
  ]);
}
