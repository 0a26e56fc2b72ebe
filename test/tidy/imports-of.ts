import { posix } from 'node:path';
import ts from 'typescript';
import { lineOf, nodesOf } from './syntax.ts';
import type { TextFile } from './tree.ts';

export interface Import {
  specifier: string;
  /** The file in the repository that is meant; undefined for a package. */
  target: string | undefined;
  isTypeOnly: boolean;
  /** What is taken of the module; `every` where it is loaded or re-exported as a whole. */
  names: readonly string[] | 'every';
  /** Loaded when the statement is reached, not with the file. */
  isDynamic: boolean;
  line: number;
}

const known = new WeakMap<TextFile, readonly Import[]>();

/** Everything that `file` imports, re-exports or loads. */
export function importsOf(file: TextFile): readonly Import[] {
  const found = known.get(file) ?? findImports(file);
  known.set(file, found);
  return found;
}

function findImports(file: TextFile): Import[] {
  return nodesOf(file).flatMap((node) => {
    const specifier = specifierOf(node);
    if (specifier === undefined) return [];
    const target = resolve(file.path, specifier);
    return [
      {
        specifier,
        target,
        isTypeOnly: isTypeOnly(node),
        isDynamic: ts.isCallExpression(node),
        names: namesOf(node),
        line: lineOf(node),
      },
    ];
  });
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return textOf(node.arguments[0]);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return textOf(node.argument.literal);
  return undefined;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node && ts.isStringLiteral(node) ? node.text : undefined;
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node)) return true;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  if (!ts.isImportDeclaration(node) || !node.importClause) return false;
  const { phaseModifier, name, namedBindings } = node.importClause;
  if (phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  if (name || !namedBindings || !ts.isNamedImports(namedBindings)) return false;
  return namedBindings.elements.length > 0 && namedBindings.elements.every((element) => element.isTypeOnly);
}

function namesOf(node: ts.Node): readonly string[] | 'every' {
  if (ts.isImportDeclaration(node)) return importedNames(node.importClause);
  const { exportClause } = ts.isExportDeclaration(node) ? node : {};
  if (exportClause && ts.isNamedExports(exportClause)) return elementNames(exportClause.elements);
  if (ts.isImportTypeNode(node) && node.qualifier) return [node.qualifier.getText().split('.')[0] ?? ''];
  return 'every';
}

function importedNames(clause: ts.ImportClause | undefined): readonly string[] | 'every' {
  const ownName = clause?.name ? ['default'] : [];
  const { namedBindings } = clause ?? {};
  if (namedBindings === undefined) return ownName;
  return ts.isNamedImports(namedBindings) ? [...ownName, ...elementNames(namedBindings.elements)] : 'every';
}

/** As the module that exports them calls them. */
function elementNames(elements: readonly (ts.ImportSpecifier | ts.ExportSpecifier)[]): string[] {
  return elements.map(({ propertyName, name }) => (propertyName ?? name).text);
}

/** Follows `imports` of package.json: `#kit/` and `#customer/` are folders of `web/`, the others of `src/`. */
function resolve(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier);
  if (!specifier.startsWith('#')) return undefined;
  const path = specifier.slice(1);
  return /^(kit|customer|console)\//.test(path) ? `web/${path}` : `src/${path}`;
}
