import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { delimiter, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { newScratchDirectory } from '../support/scratch.ts';
import { readTree, root } from '../tidy/tree.ts';

const run = promisify(execFile);

/** What is made by running things, and the packages. */
const made = ['node_modules', 'web/dist'];
const outputShown = 6_000;

/** A copy of the repository, to follow the recipe in. */
export interface Copy {
  directory: string;
  /** Runs a command as a shell of an engineer would; throws with the end of what it wrote when it fails. */
  shell(command: string): Promise<string>;
  /** The files that differ from those of the repository or are only in the copy. */
  changed(): Promise<string[]>;
  remove(): Promise<void>;
}

/** Has what Git has or is about to have, the packages, and the web app as it was built. */
export async function copyRepository(): Promise<Copy> {
  const directory = await newScratchDirectory('drop-recipe-');
  const { paths } = readTree();
  for (const folder of new Set(paths.map((path) => dirname(join(directory, path)))))
    await mkdir(folder, { recursive: true });
  const keptTimes = { recursive: true, preserveTimestamps: true };
  for (const path of [...paths, 'web/dist']) await cp(join(root, path), join(directory, path), keptTimes);
  await symlink(join(root, 'node_modules'), join(directory, 'node_modules'));
  return {
    directory,
    shell: (command) => shell(directory, command),
    async changed() {
      const all = new Set([...paths, ...(await filesIn(directory))]);
      const compared = await Promise.all([...all].map(async (path) => ((await isSame(path)) ? [] : [path])));
      return compared.flat().toSorted();
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };

  async function isSame(path: string): Promise<boolean> {
    const [before, now] = await Promise.all([bytesOf(join(root, path)), bytesOf(join(directory, path))]);
    return before !== undefined && now !== undefined && before.equals(now);
  }
}

/** The environment is an engineer's, not that of the test that runs this one: another Vitest may be started. */
async function shell(directory: string, command: string): Promise<string> {
  const path = [join(directory, 'node_modules/.bin'), process.env['PATH']].join(delimiter);
  const options = {
    cwd: directory,
    env: { PATH: path, HOME: process.env['HOME'], NO_COLOR: '1', VITEST_MAX_WORKERS: '1' },
    maxBuffer: 64 * 1_048_576,
  };
  try {
    return (await run('sh', ['-c', command], options)).stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} failed in a copy with the provider:\n${endOf(stdout)}\n${endOf(stderr)}`, {
      cause: error,
    });
  }
}

const endOf = (output: string): string => output.slice(-outputShown);

async function filesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .filter((path) => !made.some((folder) => path.startsWith(`${folder}/`)));
}

async function bytesOf(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch(() => undefined);
}
