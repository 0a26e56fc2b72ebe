import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { processEnvironment } from '#configuration/environment.ts';
import { DropError } from '#domain/errors.ts';

const run = promisify(execFile);
const directory = 'web/dist';
const built = `${directory}/index.html`;
const bundler = join('node_modules', 'vite', 'bin', 'vite.js');
const sources = ['web', 'src/http/contract', 'src/domain', 'package-lock.json'];

/** Makes the folder of the web app: what serves files from it warns if it is missing, as before the first build. */
export async function placeWebBuild(): Promise<void> {
  await mkdir(directory, { recursive: true });
}

/**
 * Checks that there is a web app to show: built, or buildable with the installed packages.
 *
 * @throws {DropError} `configuration_invalid` naming the remedy.
 */
export function requireWebApp(root = '.'): void {
  if ([built, bundler].some((path) => existsSync(join(root, path)))) return;
  throw new DropError('configuration_invalid', {
    message:
      'The web app is not built, and the packages that build it are not installed. npm leaves them out when\n' +
      'NODE_ENV is production, and with --omit=dev. Run: npm ci --include=dev',
  });
}

/**
 * Builds the web app if it is missing or older than its sources, in a process of its own. Without the packages that
 * build it, an older one stays as it is.
 */
export async function buildWebIfStale(): Promise<'built' | 'fresh'> {
  const builtAt = await stat(built).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  const changedAt = Math.max(...(await Promise.all(sources.map(newest))));
  if (changedAt <= builtAt || !existsSync(bundler)) return 'fresh';
  const parameters = [bundler, 'build', '--config', 'web/vite.config.ts', '--logLevel', 'error'];
  // Otherwise a test, or an engineer who works in another mode, gets the packages as they are made for development.
  const env = { ...processEnvironment, NODE_ENV: 'production' };
  await run(process.execPath, parameters, { env }).catch((cause: unknown) => {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : String(cause);
    throw new DropError('internal_error', { message: `The web app could not be built:\n${said}`, cause });
  });
  return 'built';
}

async function newest(path: string): Promise<number> {
  const found = await stat(path);
  if (!found.isDirectory()) return found.mtimeMs;
  const names = await readdir(path);
  const times = await Promise.all(
    names.filter((name) => name !== 'dist').map((name) => newest(join(path, name))),
  );
  return Math.max(0, ...times);
}
