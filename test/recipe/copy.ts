import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { newScratchDirectory } from '../support/scratch.ts';
import { readTree, root } from '../tidy/tree.ts';

const run = promisify(execFile);

/** A copy of the repository in which the recipe is followed. */
export interface Copy {
  directory: string;
  /** Runs a program of Node's, e.g. `node_modules/typescript/bin/tsc`; throws with all that it wrote when it fails. */
  node(program: string, ...parameters: string[]): Promise<string>;
  /** The files that differ from the repository, those that are only in the copy included. */
  changed(): Promise<string[]>;
}

/** Has what Git has or is about to have, the packages, and the web app where it is built. */
export async function copyRepository(): Promise<Copy> {
  const directory = await newScratchDirectory('drop-recipe-');
  const { paths } = readTree();
  const folders = new Set(paths.map((path) => dirname(join(directory, path))));
  for (const folder of folders) await mkdir(folder, { recursive: true });
  await Promise.all(
    paths.map((path) => cp(join(root, path), join(directory, path), { preserveTimestamps: true })),
  );
  await symlink(join(root, 'node_modules'), join(directory, 'node_modules'));
  await cp(join(root, 'web/dist'), join(directory, 'web/dist'), {
    recursive: true,
    preserveTimestamps: true,
  });
  return {
    directory,
    node: (program, ...parameters) => runNode(directory, [program, ...parameters]),
    async changed() {
      const now = new Set([...paths, ...(await filesIn(directory))]);
      const differences = await Promise.all(
        [...now].map(async (path) => ((await isSame(directory, path)) ? [] : [path])),
      );
      return differences.flat().toSorted();
    },
  };
}
