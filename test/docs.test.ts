import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createProgram } from '#cli/program.ts';
import { nodesOf } from '#cli/tree.ts';
import { commands, links, paths, scripts, type Known } from './tidy/references.ts';
import { describeFinding } from './tidy/rule.ts';
import { isTest, readTree, root, type Tree } from './tidy/tree.ts';

const tree = readTree();
const documents = tree.files.filter(({ path }) => path.endsWith('.md'));

const known: Known = { tree, scriptsIn, commands: commandsOf(tree) };

function scriptsIn(folder: string): ReadonlySet<string> | undefined {
  const path = `${root}${folder}/package.json`;
  if (!existsSync(path)) return undefined;
  const parsed = JSON.parse(readFileSync(path, 'utf8')) as { scripts?: Record<string, string> };
  return new Set(Object.keys(parsed.scripts ?? {}));
}

/** The commands are the files of `src/cli/`, by name. */
function commandsOf({ paths: all }: Tree): ReadonlySet<string> | undefined {
  if (!all.includes('src/cli/main.ts')) return undefined;
  const files = all.filter((path) => path.startsWith('src/cli/') && !isTest(path));
  return new Set(
    files.map((path) => /([\w-]+)\.ts$/.exec(path)?.[1] ?? '').filter((name) => name !== 'main'),
  );
}

const checks = { links, paths, scripts, commands };

/** The words in quotes in the files of a command, among which are the names of its subcommands. */
function wordsOf(command: string): ReadonlySet<string> {
  const files = tree.files.filter(({ path }) =>
    new RegExp(`^src/cli/${command}(-[\\w-]+)?\\.ts$`).test(path),
  );
  const words = files.flatMap(({ text }) =>
    [...text.matchAll(/'([a-z][a-z-]*)'/g)].map(([, word = '']) => word),
  );
  return new Set(words);
}

describe('the documents', () => {
  test('name only subcommands that their command has', () => {
    const named = documents.flatMap(({ path, text }) =>
      [...text.matchAll(/\bnpx drop ([a-z][\w-]*) ([a-z][\w-]*)/g)].map(([, command = '', word = '']) => {
        return { path, command, word };
      }),
    );
    // The word after a command without subcommands is its argument.
    const parents = createProgram().commands.filter(({ commands }) => commands.length > 0);
    const names = new Set(parents.map((command) => command.name()));
    const unknown = named.filter(({ command, word }) => names.has(command) && !wordsOf(command).has(word));
    expect(unknown).toEqual([]);
    expect(named.length).toBeGreaterThan(0);
  });

  test('give only options that their command has', () => {
    const nodes = new Map(nodesOf(createProgram()).map((node) => [node.path, node.words]));
    const named = documents.flatMap(({ path, text }) =>
      [...text.matchAll(/\bnpx drop ([a-z][^`|;\n]*)/g)].map(([, line = '']) => ({ path, line })),
    );
    const unknown = named.filter(({ line }) => {
      const [first = '', second = ''] = line.split(' ');
      const words = nodes.get(`${first} ${second}`) ?? nodes.get(first) ?? [];
      const options = [...line.matchAll(/(?<= )--[a-z-]+/g)].map(([option]) => option);
      return options.some((option) => !words.includes(option));
    });
    expect(unknown).toEqual([]);
    expect(named.length).toBeGreaterThan(100);
  });

  test.each(Object.entries(checks))('name only %s that exist', (_name, check) => {
    const findings = documents.flatMap((document) => check(document, known));
    expect(findings.map(describeFinding).join('\n')).toBe('');
  });

  test('describe in ARCHITECTURE.md every folder of src/, and no other', () => {
    const architecture = documents.find(({ path }) => path === 'ARCHITECTURE.md')?.text ?? '';
    const described = [...architecture.matchAll(/\bsrc\/([\w-]+)\//g)].map((match) => match[1]);
    const existing = tree.paths.map((path) => /^src\/([\w-]+)\//.exec(path)?.[1]);
    const unique = (names: (string | undefined)[]): string[] =>
      [...new Set(names.filter((name) => name !== undefined))].toSorted();
    expect(unique(described)).toEqual(unique(existing));
  });
});

test('the filters of the log in the runbook read members that a line of the log has', () => {
  const filters = documents
    .filter(({ path }) => path.startsWith('docs/runbook/'))
    .flatMap(({ text }) => [...text.matchAll(/jq -r '([^']+)'/g)].map(([, filter = '']) => filter));
  const read = filters.flatMap((filter) => [...filter.matchAll(/\.([a-z]\w*)/gi)].map(([, name]) => name));
  const members: (string | undefined)[] = ['level', 'code', 'msg', 'webhookId'];
  expect(read.filter((name) => !members.includes(name))).toEqual([]);
  expect(filters.length).toBeGreaterThan(0);
});

describe('the checks of documents', () => {
  const sampleTree: Tree = { paths: ['docs/a.md', 'src/cli/main.ts', 'src/cli/doctor.ts'], files: [] };
  const sample: Known = {
    tree: sampleTree,
    scriptsIn: (folder) => (folder === '' ? new Set(['check', 'start']) : new Set(['compare'])),
    commands: commandsOf(sampleTree),
  };
  const check = (name: keyof typeof checks, text: string): number =>
    checks[name]({ path: 'docs/b.md', text }, sample).length;

  test.each([
    ['links', '[a](c.md)'],
    ['links', '[a](../src/missing/)'],
    ['links', '[a]: c.md'],
    ['paths', 'see `src/cli/monitors.ts`'],
    ['paths', 'see `docs/missing/`'],
    ['scripts', 'run `npm run missing`'],
    ['scripts', '```sh\nnpm missing\n```'],
    ['scripts', 'run `cd bench && npm run check`'],
    ['scripts', 'run `npm --prefix bench run check`'],
    ['commands', 'run `npx drop missing --json`'],
  ] as const)('catch %s (sample %#)', (name, text) => {
    expect(check(name, text)).toBe(1);
  });

  test.each([
    ['links', '[a](a.md#part), [b](https://example.com/x), [c](#here), `[d](e.md)`, [f](../src/cli/)'],
    ['paths', 'see `src/cli/doctor.ts:12`, `src/cli/`, `src/*/x.ts`, `other/x.ts`, `docs/<name>/`'],
    ['scripts', 'run `npm run check`, `npm start`, `npm ci`; npm packages; `cd bench && npm run compare`'],
    ['scripts', 'run `npm --prefix bench run compare`'],
    ['commands', 'run `npx drop doctor`'],
  ] as const)('let pass %s (sample %#)', (name, text) => {
    expect(check(name, text)).toBe(0);
  });
});
