import { posix } from 'node:path';
import ts from 'typescript';
import { importsOf } from './imports-of.ts';
import type { Finding, Rule } from './rule.ts';
import { lineOf, nodesOf, parse } from './syntax.ts';
import { isCode, type TextFile, type Tree } from './tree.ts';

/** Next reads what a file of a certain name exports, and resolves imports by its own rules. */
const ofNext = 'examples/nextjs/';

const deadExports: Rule = {
  name: 'no export that nothing imports',
  check(tree) {
    const used = usesOf(tree);
    const patterns = tree.files.filter(({ path }) => isCode(path)).flatMap(patternsIn);
    return tree.files
      .filter(({ path }) => isCode(path) && !/\.(config|d)\.ts$/.test(path))
      .filter(({ path }) => !path.startsWith(ofNext))
      .filter(({ path }) => !used.has(path) && !patterns.some((pattern) => pattern.test(path)))
      .flatMap((file) =>
        exportsOf(file)
          .filter(({ name }) => !used.has(`${file.path}#${name}`))
          .map(({ name, line }): Finding => ({ path: file.path, line, message: messageFor(name) })),
      );
  },
};

function messageFor(name: string): string {
  return `exports ${name}, which nothing imports: take \`export\` away, or delete it`;
}

/** `path#name` for each name that is imported; `path` alone for a module that is used as a whole. */
function usesOf(tree: Tree): ReadonlySet<string> {
  const code = tree.files.filter(({ path }) => isCode(path) || path.endsWith('.js'));
  return new Set(code.flatMap((file) => [...usesIn(file), ...programsStartedBy(file)]));
}

function usesIn(file: TextFile): string[] {
  return importsOf(file).flatMap(({ target, names }) => {
    if (target === undefined) return [];
    return names === 'every' ? [target] : names.map((name) => `${target}#${name}`);
  });
}

/** ``import(`./${id}/subject.ts`)`` uses every file that fits; a part that is filled in stands for one name. */
function patternsIn(file: TextFile): RegExp[] {
  return nodesOf(file).flatMap((node) => {
    if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return [];
    const [template] = node.arguments;
    if (!template || !ts.isTemplateExpression(template) || !template.head.text.startsWith('.')) return [];
    const parts = [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)];
    const path = posix.join(posix.dirname(file.path), parts.join('*'));
    return [new RegExp(`^${path.replaceAll('.', '\\.').replaceAll('*', '[^/]+')}$`)];
  });
}

/** A configuration names files by their path, from the root; the tool that reads it imports them. */
function programsStartedBy(file: TextFile): string[] {
  if (!file.path.endsWith('.config.ts')) return [];
  return nodesOf(file).flatMap((node) => (ts.isStringLiteral(node) ? [node.text] : []));
}

interface Export {
  name: string;
  line: number;
}

/** A type that the file itself uses is left out: it names what the file's functions take and return. */
function exportsOf(file: TextFile): Export[] {
  return parse(file).statements.flatMap((statement) => {
    const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
    if (isType && isUsedWithin(file, statement.name.text)) return [];
    return namesExportedBy(statement).map((name) => ({ name, line: lineOf(statement) }));
  });
}

function isUsedWithin(file: TextFile, name: string): boolean {
  return nodesOf(file).filter((node) => ts.isIdentifier(node) && node.text === name).length > 1;
}

function namesExportedBy(statement: ts.Statement): string[] {
  if (ts.isExportDeclaration(statement)) {
    const { exportClause } = statement;
    const isList = exportClause !== undefined && ts.isNamedExports(exportClause);
    return isList ? exportClause.elements.map(({ name }) => name.text) : [];
  }
  if (!ts.canHaveModifiers(statement)) return [];
  const isExported = ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  return isExported === true ? namesDeclaredBy(statement) : [];
}

function namesDeclaredBy(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => namesBoundBy(name));
  const { name } = statement as ts.Statement & { name?: ts.Node };
  return name && ts.isIdentifier(name) ? [name.text] : [];
}

function namesBoundBy(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : namesBoundBy(element.name),
  );
}

export const deadExportRules: readonly Rule[] = [deadExports];
