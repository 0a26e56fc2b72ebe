import ts from 'typescript';
import { fileRule, type Rule } from './rule.ts';
import { lineOf, nodesOf } from './syntax.ts';
import { isCode, isTest } from './tree.ts';

/** Two tests of one title cannot be told apart in a report, nor run alone. */
const titles = fileRule(
  'no two tests of one title in a file',
  (path) => isTest(path) && isCode(path),
  (file) => {
    const seen = new Set<string>();
    return nodesOf(file).flatMap((node) => {
      const title = titleOf(node, /^(test|it)\b/);
      if (title === undefined) return [];
      const full = [...groupsOf(node), title].join(' > ');
      if (seen.has(full))
        return [{ line: lineOf(node), message: `"${full}" is there already: say what differs` }];
      seen.add(full);
      return [];
    });
  },
);

/** Only what is written as a plain string; a title made at run time may differ. */
function titleOf(node: ts.Node, callee: RegExp): string | undefined {
  if (!ts.isCallExpression(node) || !callee.test(node.expression.getText())) return undefined;
  const [first, second] = node.arguments;
  return first && second && ts.isStringLiteralLike(first) ? first.text : undefined;
}

function groupsOf(node: ts.Node): string[] {
  const groups: string[] = [];
  for (let outer: ts.Node | undefined = node.parent; outer !== undefined; outer = outer.parent) {
    const title = titleOf(outer, /^(describe|suite|test\.describe)\b/);
    if (title !== undefined) groups.unshift(title);
  }
  return groups;
}

export const testTitleRules: readonly Rule[] = [titles];
