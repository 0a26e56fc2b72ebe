import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export interface TextFile {
  /** From the root of the repository, with `/`. */
  path: string;
  text: string;
}

/** What the rules look at. */
export interface Tree {
  /** Every file that is or is about to be in the repository. */
  paths: readonly string[];
  /** Those that are read: TypeScript, JavaScript, Markdown and the JSON of fixtures. */
  files: readonly TextFile[];
}

export function readTree(): Tree {
  const paths = listPaths().filter((path) => existsSync(root + path) && statSync(root + path).isFile());
  const isRead = (path: string): boolean =>
    /\.(ts|tsx|js|md)$/.test(path) || /\/fixtures\/.*\.json$/.test(path);
  const files = paths.filter(isRead).map((path) => ({ path, text: readFileSync(root + path, 'utf8') }));
  return { paths, files };
}

/** Git's answer; without Git (an unpacked archive) the directory, less what is made by running things. */
function listPaths(): string[] {
  try {
    const answer = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 64 * 1_048_576,
    });
    return [...new Set(answer.split('\0'))].filter((path) => path !== '').toSorted();
  } catch {
    const made = ['**/node_modules', '**/dist', '.git', '.drop', 'test-results', 'coverage'];
    return globSync('**/*', { cwd: root, exclude: made }).toSorted();
  }
}

export function isTest(path: string): boolean {
  return path.startsWith('test/') || /\.test\.tsx?$/.test(path);
}

export function isCode(path: string): boolean {
  return /\.tsx?$/.test(path);
}
