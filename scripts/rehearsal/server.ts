import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '#store/embedded/free-port.ts';
import { postgresHome } from '#store/embedded/home.ts';

const debian = '/usr/lib/postgresql';

export const howToGetPostgres =
  'no PostgreSQL with pg_dump: on Debian, apt-get install postgresql, or set POSTGRES_BIN to its folder of programs';

/** The folder of PostgreSQL's programs: `POSTGRES_BIN`, else the newest of Debian. */
export function findPostgres(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const given = environment['POSTGRES_BIN'];
  if (given) return given;
  const versions = existsSync(debian) ? readdirSync(debian).map(Number).filter(Number.isInteger) : [];
  const newest = versions.toSorted((left, right) => right - left)[0];
  const folder = newest === undefined ? undefined : join(debian, `${newest}`, 'bin');
  return folder !== undefined && existsSync(join(folder, 'initdb')) ? folder : undefined;
}

/** A server of PostgreSQL with the programs of one installation, since `pg_dump` may not be older than the server. */
export interface Server {
  /** The address of a database of it, for its administrator unless a role is given. */
  urlOf(database: string, role?: string): string;
  /** Runs a program of the installation to its end; throws where it fails. */
  run(program: string, ...parameters: string[]): void;
  stop(): void;
}

/** Starts a server in `directory`, on a free port of this machine. */
export async function startServer(bin: string, directory: string): Promise<Server> {
  const { uid, gid } = await postgresHome(directory);
  const identity = uid === undefined || gid === undefined ? {} : { uid, gid };
  const data = join(directory, 'server');
  mkdirSync(data);
  if (uid !== undefined && gid !== undefined) chownSync(data, uid, gid);
  chmodSync(data, 0o700);
  const run = (program: string, ...parameters: string[]): void =>
    void execFileSync(join(bin, program), parameters, {
      ...identity,
      cwd: '/',
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  run(
    'initdb',
    '--pgdata',
    data,
    '--username',
    'postgres',
    '--auth',
    'trust',
    '--encoding',
    'UTF8',
    '--no-sync',
  );
  const port = await freePort();
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''`;
  run('pg_ctl', 'start', '--pgdata', data, '--wait', '--log', join(data, 'log'), '--options', options);
  return {
    urlOf: (database, role = 'postgres') => `postgres://${role}@127.0.0.1:${port}/${database}`,
    run,
    stop: () => run('pg_ctl', 'stop', '--pgdata', data, '--mode', 'fast'),
  };
}
