import { execFile } from 'node:child_process';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DropError } from '#domain/errors.ts';

const run = promisify(execFile);
const directory = 'web/dist';
const built = `${directory}/index.html`;
const sources = ['web', 'src/http/contract', 'src/domain', 'package-lock.json'];

/** Makes the folder of the web app: what serves files from it warns if it is missing, as before the first build. */
export async function placeWebBuild(): Promise<void> {
  await mkdir(directory, { recursive: true });
}

/** Builds the web app if it is missing or older than its sources, in a process of its own. */
export async function buildWebIfStale(): Promise<'built' | 'fresh'> {
  const builtAt = await stat(built).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  const changedAt = Math.max(...(await Promise.all(sources.map(newest))));
  if (changedAt <= builtAt) return 'fresh';
  const program = join('node_modules', 'vite', 'bin', 'vite.js');
  const parameters = [program, 'build', '--config', 'web/vite.config.ts', '--logLevel', 'error'];
  await run(process.execPath, parameters).catch((cause: unknown) => {
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
