import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readTree, root } from '../../test/tidy/tree.ts';

export interface Copy {
  directory: string;
  paths: readonly string[];
  remove(): void;
}

/** Copies every file that Git has or is about to have, so that the working tree itself is never broken. */
export function copyTree(): Copy {
  const directory = mkdtempSync(join(tmpdir(), 'drop-mutate-'));
  const { paths } = readTree();
  const keptTimes = { recursive: true, preserveTimestamps: true };
  for (const path of [...paths, 'web/dist']) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    cpSync(join(root, path), join(directory, path), keptTimes);
  }
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  return { directory, paths, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
