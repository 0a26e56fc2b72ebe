import type { Rule } from './rule.ts';
import type { TextFile, Tree } from './tree.ts';

/**
 * A fixture says where it comes from: in a `source` of its own, or, where every byte of it counts, in the README.md
 * beside it.
 */
const sources: Rule = {
  name: 'no fixture without its source',
  check: (tree) =>
    tree.paths
      .filter((path) => /\/fixtures\//.test(path) && !path.endsWith('.md'))
      .filter((path) => !namesItsSource(tree, path))
      .map((path) => ({
        path,
        line: 1,
        message: 'names no source: add "source" to it, or a line with its name to README.md beside it',
      })),
};

function namesItsSource(tree: Tree, path: string): boolean {
  const readme = tree.files.find(({ path: other }) => other === path.replace(/[^/]+$/, 'README.md'));
  const name = path.split('/').at(-1) ?? '';
  const own = tree.files.find((file) => file.path === path);
  return readme?.text.includes(name) === true || (own !== undefined && hasSource(own));
}

function hasSource({ text }: TextFile): boolean {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && 'source' in json && typeof json.source === 'string';
  } catch {
    return false;
  }
}

export const fixtureRules: readonly Rule[] = [sources];
