import { posix } from 'node:path';
import { outsideFences } from './documents.ts';
import type { Finding } from './rule.ts';
import type { TextFile, Tree } from './tree.ts';

/** What a document may refer to, beside the tree's files. */
export interface Known {
  tree: Tree;
  /** The scripts of the package.json in a folder (`''` for the root), or undefined where there is none. */
  scriptsIn: (folder: string) => ReadonlySet<string> | undefined;
  /** The commands of `npx drop`, or undefined while there is no command line. */
  commands: ReadonlySet<string> | undefined;
}

type Check = (file: TextFile, known: Known) => Finding[];

function perLine(
  file: TextFile,
  lines: readonly string[],
  check: (line: string) => (string | undefined)[],
): Finding[] {
  return lines.flatMap((text, index) =>
    check(text).flatMap((message) =>
      message === undefined ? [] : [{ path: file.path, line: index + 1, message }],
    ),
  );
}

/** Files, and the folders that hold them. */
function existingPaths(tree: Tree): Set<string> {
  const folders = tree.paths.flatMap((path) => {
    const parts = path.split('/').slice(0, -1);
    return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
  });
  return new Set([...tree.paths, ...folders]);
}

/** Relative links lead to a file or folder of the tree. */
export const links: Check = (file, { tree }) => {
  const existing = existingPaths(tree);
  return perLine(file, outsideFences(file.text), (line) =>
    [...withoutCode(line).matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)|^\[[^\]]+\]:\s+(\S+)/g)].map((match) => {
      const target = (match[1] ?? match[2] ?? '').replace(/^<|>$/g, '');
      if (/^([a-z][\w+.-]*:|#)/i.test(target)) return undefined;
      const path = posix.join(posix.dirname(file.path), decodeURI(target.split('#')[0] ?? ''));
      return existing.has(path.replace(/\/$/, '')) ? undefined : `links to ${target}, which does not exist`;
    }),
  );
};

function withoutCode(line: string): string {
  return line.replace(/`[^`]*`/g, '');
}

/** Paths in backticks that start with a folder at the root of the repository exist. */
export const paths: Check = (file, { tree }) => {
  const existing = existingPaths(tree);
  const top = new Set(
    tree.paths.filter((path) => path.includes('/')).map((path) => path.split('/')[0] ?? ''),
  );
  return perLine(file, outsideFences(file.text), (line) =>
    [...line.matchAll(/`([^`\s]+\/[^`\s]*)`/g)].map((match) => {
      const written = match[1] ?? '';
      const path = written.replace(/(#.*|:\d+)$/, '').replace(/\/$/, '');
      const isPattern = /[*<>{}…]|\.\.\./.test(path);
      if (isPattern || !top.has(path.split('/')[0] ?? '')) return undefined;
      return existing.has(path) ? undefined : `names ${written}, which does not exist`;
    }),
  );
};

/** npm's own commands, as far as a document may need them. */
const npmCommands = new Set(
  'ci install i audit exec outdated view update ls pack prune run version help config init link'.split(' '),
);

/** `npm run x`, `npm x` and `cd folder && npm x` name a script of the package they are run in. */
export const scripts: Check = (file, { scriptsIn }) =>
  perLine(file, codeIn(file.text), (line) =>
    [...line.matchAll(/\bnpm((?:\s+-[\w-]+(?:[= ][\w./-]+)?)*)\s+(run\s+)?([a-z][\w:-]*)/g)].map((match) => {
      const [whole, options = '', run, name = ''] = match;
      if (run === undefined && npmCommands.has(name)) return undefined;
      const prefix = /--prefix[= ]([\w./-]+)|-C\s+([\w./-]+)/.exec(options);
      const entered = /\bcd\s+([\w./-]+)\s*&&/.exec(line.slice(0, match.index))?.[1];
      const folder = (prefix?.[1] ?? prefix?.[2] ?? entered ?? '').replace(/^\.\/|\/$/g, '');
      return scriptsIn(folder)?.has(name) ? undefined : `says \`${whole}\`, but there is no such script`;
    }),
  );

/** `npx drop x` names a command. */
export const commands: Check = (file, { commands: known }) => {
  if (known === undefined) return [];
  return perLine(file, codeIn(file.text), (line) =>
    [...line.matchAll(/\b(?:npx )drop\s+([a-z][\w-]*)/g)].map((match) => {
      const name = match[1] ?? '';
      return known.has(name) ? undefined : `says \`npx drop ${name}\`, but src/cli/ has no such command`;
    }),
  );
};

/** The code of a document, line by line: what is fenced whole, else what stands in backticks. */
function codeIn(text: string): string[] {
  const prose = outsideFences(text);
  return text.split('\n').map((line, index) => {
    const isFenced = prose[index] === '' && line !== '';
    return isFenced ? line : [...line.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '').join(' ; ');
  });
}
