import type { TextFile, Tree } from './tree.ts';

export interface Finding {
  path: string;
  line: number;
  /** What is wrong and what to write instead. */
  message: string;
}

/** A rule of the house. */
export interface Rule {
  /** Completes "the tree has …", and names the rule in the list of exemptions. */
  readonly name: string;
  check(tree: Tree): Finding[];
}

/** A rule that looks at one file at a time, at those whose path `applies` accepts. */
export function fileRule(
  name: string,
  applies: (path: string) => boolean,
  check: (file: TextFile) => Omit<Finding, 'path'>[],
): Rule {
  return {
    name,
    check: (tree) =>
      tree.files
        .filter(({ path }) => applies(path))
        .flatMap((file) => check(file).map((finding) => ({ path: file.path, ...finding }))),
  };
}

export function describeFinding({ path, line, message }: Finding): string {
  return `${path}:${line} ${message}`;
}
