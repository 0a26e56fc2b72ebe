import ts from 'typescript';
import { fileRule, type Rule } from './rule.ts';
import { commentsOf, lineOf, nodesOf } from './syntax.ts';
import { isCode, isTest } from './tree.ts';

function nodeRule(
  name: string,
  applies: (path: string) => boolean,
  found: (node: ts.Node) => string | undefined,
): Rule {
  return fileRule(name, applies, (file) =>
    nodesOf(file).flatMap((node) => {
      const message = found(node);
      return message === undefined ? [] : [{ line: lineOf(node), message }];
    }),
  );
}

const noAny = nodeRule('no any', isCode, (node) =>
  node.kind === ts.SyntaxKind.AnyKeyword ? 'any: write `unknown` and parse it' : undefined,
);

const noNonNull = nodeRule('no non-null assertion', isCode, (node) =>
  ts.isNonNullExpression(node) ? '`!`: check it, or use assert of src/domain/errors.ts' : undefined,
);

const noDefaultExport = nodeRule(
  'no default export',
  (path) => isCode(path) && !path.endsWith('.config.ts') && !path.startsWith('examples/'),
  (node) => {
    const isDefault =
      (ts.isExportAssignment(node) && !node.isExportEquals) || node.kind === ts.SyntaxKind.DefaultKeyword;
    const isClause = ts.isDefaultClause(node.parent ?? node);
    return isDefault && !isClause ? 'a default export: export it by its name' : undefined;
  },
);

const noSuppression = fileRule('no silenced type error', isCode, (file) =>
  commentsOf(file)
    .filter(({ text }) => /@ts-(ignore|expect-error|nocheck)/.test(text))
    .map(({ line }) => ({ line, message: 'a silenced type error: mend the type' })),
);

const noSpreadLiteral = nodeRule('no spread of an object literal', isCode, (node) =>
  ts.isSpreadAssignment(node) && ts.isObjectLiteralExpression(node.expression)
    ? 'an object literal that is spread: write its members'
    : undefined,
);

const noDefaultInMap = nodeRule(
  'no default arm in a map',
  (path) => /\/map\.ts$/.test(path),
  (node) =>
    ts.isDefaultClause(node) ? '`default:`: name every arm; unknown values end at the parse' : undefined,
);

const bareErrors = ['Error', 'TypeError', 'RangeError', 'SyntaxError', 'AggregateError'];

const noBareError = fileRule(
  'no bare error',
  (path) => path.startsWith('src/') && isCode(path) && !isTest(path),
  (file) =>
    nodesOf(file)
      .filter((node) => ts.isNewExpression(node) && bareErrors.includes(node.expression.getText()))
      .filter((node) => ts.isThrowStatement(node.parent) || isRejection(node.parent))
      .filter((node) => !(file.path === 'src/domain/money.ts' && node.getText().startsWith('new RangeError')))
      .map((node) => ({
        line: lineOf(node),
        message: 'a bare error: throw a DropError with a code of src/domain/errors.ts',
      })),
);

function isRejection(node: ts.Node): boolean {
  return ts.isCallExpression(node) && /(^|\.)reject$/.test(node.expression.getText());
}

export const languageRules: readonly Rule[] = [
  noAny,
  noNonNull,
  noDefaultExport,
  noSuppression,
  noSpreadLiteral,
  noDefaultInMap,
  noBareError,
];
