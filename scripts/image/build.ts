import { execFileSync } from 'node:child_process';
import { chownSync, cpSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { isInContext, stagesOf, type Instruction, type Stage } from './dockerfile.ts';

/** A stage that was built, and its files. */
export interface Built {
  stage: Stage;
  /** The directory that stands for the root of its file system. */
  root: string;
  workingDirectory: string;
  environment: Readonly<Record<string, string>>;
}

export interface BuildOptions {
  /** The text of the Dockerfile, and of its .dockerignore. */
  dockerfile: string;
  ignore: string;
  /** The directory of the build. */
  context: string;
  /** Where the stages are made. */
  directory: string;
  /** Of the Node that stands for that of the image. */
  path: string;
  print: (line: string) => void;
}

/** Carries out the steps of a Dockerfile on this machine, each stage in a directory that stands for its root. */
export function buildStages(options: BuildOptions): Built[] {
  const built: Built[] = [];
  for (const [index, stage] of stagesOf(options.dockerfile).entries()) {
    const root = join(options.directory, stage.name ?? `stage-${index}`);
    mkdirSync(root, { recursive: true, mode: 0o755 });
    let state: Built = { stage, root, workingDirectory: root, environment: {} };
    for (const instruction of stage.instructions) {
      options.print(`  ${stage.name ?? 'last'}: ${instruction.name} ${instruction.rest}`);
      state = carryOut(instruction, state, { ...options, earlier: built });
    }
    built.push(state);
  }
  return built;
}

function carryOut(
  { name, rest }: Instruction,
  state: Built,
  options: BuildOptions & { earlier: readonly Built[] },
): Built {
  switch (name) {
    case 'WORKDIR': {
      const workingDirectory = join(state.root, rest);
      mkdirSync(workingDirectory, { recursive: true });
      return { ...state, workingDirectory };
    }
    case 'ENV': {
      const [, key = '', value = ''] = /^(\w+)=(.*)$/.exec(rest) ?? [];
      return { ...state, environment: { ...state.environment, [key]: value } };
    }
    case 'COPY':
      copy(rest.split(/\s+/), state, options);
      return state;
    case 'RUN':
      execFileSync('sh', ['-c', rest], {
        cwd: state.workingDirectory,
        env: { HOME: process.env['HOME'], ...state.environment, PATH: options.path },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      return state;
    case 'USER':
    case 'EXPOSE':
    case 'HEALTHCHECK':
    case 'CMD':
      return state;
    default:
      throw new Error(`${name}: this script does not know the instruction`);
  }
}

function copy(
  words: readonly string[],
  state: Built,
  { context, ignore, earlier }: BuildOptions & { earlier: readonly Built[] },
): void {
  const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
  const [paths, target = ''] = [words.slice(from === undefined ? 0 : 1, -1), words.at(-1)];
  const source =
    from === undefined ? context : (earlier.find(({ stage }) => stage.name === from)?.root ?? '');
  for (const path of paths) {
    const full = join(source, path);
    const isFolder = target.endsWith('/');
    const destination = join(state.workingDirectory, target, isFolder ? basename(path) : '');
    const isTaken = (file: string): boolean =>
      from !== undefined || file === full || isInContext(relative(context, file), ignore);
    if (from === undefined && !isInContext(path, ignore)) throw new Error(`.dockerignore leaves out ${path}`);
    cpSync(full, destination, { recursive: true, filter: isTaken, verbatimSymlinks: true });
  }
}

/** Gives every file to root, but what the image gave to another user, so that others can only read them. */
export function ownByRoot(path: string, isKept: (path: string) => boolean): void {
  if (isKept(path)) return;
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return;
  chownSync(path, 0, 0);
  if (found.isDirectory()) for (const name of readdirSync(path)) ownByRoot(join(path, name), isKept);
}
