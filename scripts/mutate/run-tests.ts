import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** Tests of the text of the tree, which any change could fail, and the recipe, which runs the others again. */
const left = [
  'test/recipe/**',
  'test/tidy/**',
  'test/tidy.test.ts',
  'test/docs*.test.ts',
  'test/check.test.ts',
];

export const isLeftOut = (path: string): boolean =>
  /^test\/(recipe|tidy|e2e)\/|^test\/(tidy|docs.*|check)\.test\.ts$/.test(path);

/** Runs these test files, or all; whether they passed. Tests that hang have not. */
export async function testsPass(
  directory: string,
  files: readonly string[],
  timeoutMs: number,
): Promise<boolean> {
  const exclude = left.flatMap((pattern) => ['--exclude', pattern]);
  const parameters = ['run', '--bail=1', '--reporter=dot', ...exclude, ...files];
  const path = [join(directory, 'node_modules/.bin'), process.env['PATH']].join(delimiter);
  const child = spawn('vitest', parameters, {
    cwd: directory,
    env: { ...process.env, PATH: path, NO_COLOR: '1' },
    stdio: 'ignore',
    detached: true,
  });
  const { promise, resolve } = Promise.withResolvers<boolean>();
  // The group: a worker in an endless loop does not hear its parent.
  const kill = (): boolean => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL');
  child.once('error', () => resolve(false));
  child.once('exit', (code) => resolve(code === 0));
  const end = setTimeout(kill, timeoutMs);
  process.once('exit', kill);
  return promise.finally(() => {
    clearTimeout(end);
    process.off('exit', kill);
  });
}
