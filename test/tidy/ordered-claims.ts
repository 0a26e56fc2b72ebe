import ts from 'typescript';
import { fileRule, type Rule } from './rule.ts';
import { lineOf, nodesOf } from './syntax.ts';

const isStore = (path: string): boolean => /^src\/(store|inbox)\/.*(?<!\.test)\.ts$/.test(path);
const locking = /skip locked|\.skipLocked\(\)/;
const ordering = /order by|\.orderBy\(/;

/** The whole query of a claim: SQL in a template, or a statement that builds one. */
function isQuery(node: ts.Node): boolean {
  if (ts.isTemplateLiteral(node)) return locking.test(node.getText());
  const isBuilding =
    ts.isVariableStatement(node) || ts.isReturnStatement(node) || ts.isExpressionStatement(node);
  return isBuilding && node.getText().includes('.skipLocked()');
}

/** Rows come from `returning` in the order of the table, whatever the order in which they were chosen. */
function comesInOrder(query: string): boolean {
  const parts = query.split(/\breturning|\.returning/);
  return ordering.test(parts.at(-1) ?? '');
}

/** Rules for queries that take work: what a process does first must not depend on where the database keeps a row. */
export const orderedClaimRules: readonly Rule[] = [
  fileRule('no claim of work in an order that the database chooses', isStore, (file) =>
    nodesOf(file)
      .filter((node) => isQuery(node) && !comesInOrder(node.getText()))
      .map((node) => ({
        line: lineOf(node),
        message: 'claims rows in no order: return them by `with taken as (update …) select … order by`',
      })),
  ),
];
