import { importsOf } from './imports-of.ts';
import type { Finding, Rule } from './rule.ts';
import { isCode, type TextFile, type Tree } from './tree.ts';

/** A file of a circle may read a constant of another before it is set. Types are gone by then and do not count. */
const circles: Rule = {
  name: 'no import circle at run time',
  check: (tree) =>
    circlesOf(importGraph(tree)).map((circle): Finding => {
      const [path = ''] = circle;
      const way = [...circle, path].join(' → ');
      return { path, line: 1, message: `${way}: move what both need to a file of its own` };
    }),
};

type Graph = ReadonlyMap<string, readonly string[]>;

function importGraph(tree: Tree): Graph {
  const files = tree.files.filter(({ path }) => isCode(path));
  return new Map(files.map((file) => [file.path, importedFiles(file)]));
}

function importedFiles(file: TextFile): string[] {
  const atRunTime = importsOf(file).filter(({ isTypeOnly }) => !isTypeOnly);
  return atRunTime.flatMap(({ target }) => (target === undefined ? [] : [target]));
}

/** At least one circle of each group of files that reach each other. */
function circlesOf(graph: Graph): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const visit = (path: string, way: readonly string[]): void => {
    const start = way.indexOf(path);
    if (start !== -1) found.push(way.slice(start));
    if (start !== -1 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...way, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}

export const circleRules: readonly Rule[] = [circles];
