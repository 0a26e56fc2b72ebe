import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { postgresHome, type PostgresHome } from './home.ts';
import { runPostgresProgram } from './programs.ts';
import { writeWhole } from './whole-file.ts';

const run = promisify(execFile);

/** Where the install step stores template clusters; deleted together with node_modules. */
const templatesDirectory = fileURLToPath(
  new URL('../../../node_modules/.cache/drop/clusters/', import.meta.url),
);

const settings = [
  '--username=drop',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
  // A crash can only lose a new, empty cluster; the running server syncs everything that it writes later.
  '--no-sync',
];

/**
 * Creates the cluster of `home` and writes its password file: copies the template that the install step made, or runs
 * `initdb` when there is no template for these programs. The cluster gets its final name only when it is complete, so
 * that an interrupted attempt is not mistaken for a cluster.
 *
 * @throws {DropError} `database_unavailable` with what `initdb` said.
 */
export async function createCluster(home: PostgresHome, templates = templatesDirectory): Promise<void> {
  const { clusterDirectory, passwordFile } = home;
  await rm(clusterDirectory, { recursive: true, force: true });
  const partial = `${clusterDirectory}.partial`;
  await copyTemplate(join(templates, templateName(home)), { partial, home }).catch(() =>
    initialise(partial, home),
  );
  await home.giveAway(passwordFile);
  await rename(partial, clusterDirectory);
}

/**
 * Creates the template cluster, and removes templates of other program versions. All copies share its password; a user
 * who can read it in the template can also read it beside each copy.
 *
 * @throws {DropError} `database_unavailable` when PostgreSQL cannot run.
 */
export async function prepareClusterTemplate(templates = templatesDirectory): Promise<void> {
  await rm(templates, { recursive: true, force: true });
  const making = join(templates, 'in-the-making');
  const home = await postgresHome(making);
  const template = join(templates, templateName(home));
  await mkdir(home.dataDirectory, { recursive: true });
  await initialise(home.clusterDirectory, home);
  await leaveOutZeros(join(home.clusterDirectory, 'pg_wal'));
  await mkdir(`${template}.partial`, { mode: 0o700 });
  await move(home.clusterDirectory, `${template}.partial/postgres`);
  await move(home.passwordFile, `${template}.partial/postgres-password`);
  await rename(`${template}.partial`, template);
  await rm(home.dataDirectory, { recursive: true });
  await rm(making, { recursive: true, force: true });
}

/**
 * Copies when a rename fails: the cluster may be on another file system, if PostgreSQL's user cannot access the
 * project.
 */
async function move(from: string, to: string): Promise<void> {
  await rename(from, to).catch(() => run('cp', ['-R', from, to]));
}

/** Clusters made by the same programs with the same settings have the same name. */
function templateName({ programs }: PostgresHome): string {
  return createHash('sha256')
    .update([programs, ...settings].join(' '))
    .digest('hex')
    .slice(0, 12);
}

async function copyTemplate(
  template: string,
  { partial, home }: { partial: string; home: PostgresHome },
): Promise<void> {
  await stat(template);
  await rm(partial, { recursive: true, force: true });
  await run('cp', ['-R', join(template, 'postgres'), partial]);
  const password = await readFile(join(template, 'postgres-password'), 'utf8');
  writeWhole(home.passwordFile, password);
  const { uid, gid } = home;
  if (uid !== undefined) await run('chown', ['-R', `${uid}:${gid}`, partial]);
}

async function initialise(directory: string, home: PostgresHome): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true, mode: 0o700 });
  writeWhole(home.passwordFile, randomBytes(24).toString('base64url'));
  await home.giveAway(directory, home.passwordFile);
  await chmod(directory, 0o700);
  const parameters = [`--pgdata=${directory}`, `--pwfile=${home.passwordFile}`, ...settings];
  await runPostgresProgram(home, 'initdb', parameters);
}

/** The write-ahead log ends in zeros. Turning them into a hole in the file makes copies faster. */
async function leaveOutZeros(directory: string): Promise<void> {
  const segments = (await readdir(directory)).filter((name) => /^[0-9A-F]{24}$/.test(name));
  for (const path of segments.map((name) => join(directory, name))) {
    const bytes = await readFile(path);
    let end = bytes.length;
    while (end > 0 && bytes[end - 1] === 0) end -= 1;
    await truncate(path, end);
    await truncate(path, bytes.length);
  }
}
