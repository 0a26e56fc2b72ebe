import ts from 'typescript';
import { importsOf } from './imports-of.ts';
import { serviceFolderOf } from './layers.ts';
import { fileRule, type Finding, type Rule } from './rule.ts';
import { lineOf, nodesOf } from './syntax.ts';
import type { Tree } from './tree.ts';

/** Other words for a role, and the one that the siblings use. */
const otherWords: Readonly<Record<string, string>> = {
  'adapter.ts': 'client.ts',
  'api.ts': 'client.ts',
  'contract.ts': 'service.ts',
  'fake.ts': 'mock.ts',
  'index.ts': 'the file that declares the name (no barrels)',
  'mapper.ts': 'map.ts',
  'mapping.ts': 'map.ts',
  'schema.ts': 'wire.ts',
  'schemas.ts': 'wire.ts',
  'stub.ts': 'mock.ts',
  'types.ts': 'service.ts or wire.ts',
};

const ofAService = ['service.ts', 'definition.ts', 'client.ts', 'mock.ts', 'README.md'];
const ofAProvider = ['provider.ts', 'client.ts', 'wire.ts', 'map.ts', 'errors.ts', 'mock.ts', 'README.md'];
/** A service that is a mock wherever Drop runs has no client. */
const withoutClient = ['src/services/card-issuing'];
/** A folder that is a role, and the file in it that makes the thing. */
const emulator = 'emulator/emulator.ts';

const roles: Rule = {
  name: 'the same roles by the same names in every service',
  check(tree) {
    return serviceFolders(tree).flatMap((folder) => {
      const names = namesIn(tree, folder);
      const isProvider = folder.startsWith('src/services/open-banking/');
      const required = isProvider ? ofAProvider : folder === openBanking ? ofOpenBanking : ofAService;
      const entry = isProvider ? 'provider.ts' : 'definition.ts';
      const other = isProvider ? 'definition.ts' : 'provider.ts';
      const needsEmulator = isProvider || names.includes('emulator');
      const finding = (path: string, message: string): Finding => ({ path, line: 1, message });
      return [
        ...required
          .filter((name) => !names.includes(name))
          .filter((name) => name !== 'client.ts' || !withoutClient.includes(folder))
          .map((name) => finding(folder, `has no ${name}: add it, as its siblings have`)),
        ...(needsEmulator && !tree.paths.includes(`${folder}/${emulator}`)
          ? [finding(`${folder}/${emulator}`, 'is not there: add it, as its siblings have')]
          : []),
        ...(names.includes(other) ? [finding(`${folder}/${other}`, `call it ${entry}`)] : []),
        ...names
          .filter((name) => name in otherWords)
          .map((name) => finding(`${folder}/${name}`, `call it ${otherWords[name]}`)),
      ];
    });
  },
};

const openBanking = 'src/services/open-banking';
/** It holds the contract of its providers, each of which is a service. */
const ofOpenBanking = ['service.ts', 'definition.ts', 'README.md'];

/** Open banking's own folder holds the contract and the list; its providers are the services. */
function serviceFolders(tree: Tree): string[] {
  const folders = tree.paths.flatMap((path) => {
    const provider = /^src\/services\/open-banking\/(?!mock\/)[\w-]+(?=\/)/.exec(path);
    const service = /^src\/services\/[\w-]+(?=\/)/.exec(path);
    return provider ? [provider[0]] : service ? [service[0]] : [];
  });
  return [...new Set(folders)];
}

function namesIn(tree: Tree, folder: string): string[] {
  const below = tree.paths.filter((path) => path.startsWith(`${folder}/`));
  return [...new Set(below.map((path) => path.slice(folder.length + 1).split('/')[0] ?? ''))];
}

const isServiceFile = (path: string, name: string): boolean =>
  serviceFolderOf(path) !== undefined && path.endsWith(`/${name}`);

/** What of a service a map may not know: it is a function of what `wire.ts` parsed. */
const impure = /\/(client|mock|definition|provider)\.ts$|\/emulator\//;

const pureMaps: Rule = fileRule(
  'maps that are pure',
  (path) => isServiceFile(path, 'map.ts'),
  (file) => [
    ...importsOf(file)
      .filter(({ specifier, target, isTypeOnly }) => {
        if (target === undefined) return !isTypeOnly && specifier !== 'node:crypto';
        const isShared = /^src\/(domain\/|services\/([\w-]+\/)?[\w-]+\.ts$)/.test(target);
        const isKnown = isShared || serviceFolderOf(target) === serviceFolderOf(file.path);
        return !isTypeOnly && (!isKnown || impure.test(target));
      })
      .map(({ line, specifier }) => ({
        line,
        message: `imports ${specifier}: a map goes from wire to domain and back, and judges or calls nothing`,
      })),
    ...nodesOf(file)
      .filter((node) => ts.isAwaitExpression(node) || node.kind === ts.SyntaxKind.AsyncKeyword)
      .map((node) => ({ line: lineOf(node), message: 'waits: a map is a function; send in client.ts' })),
  ],
);

type Named = ts.TypeAliasDeclaration | ts.VariableDeclaration;

const wireNames: Rule = fileRule(
  'one form of names in wire.ts',
  (path) => isServiceFile(path, 'wire.ts'),
  (file) =>
    nodesOf(file)
      .filter((node) => ts.isVariableStatement(node) || ts.isTypeAliasDeclaration(node))
      .filter((node) => node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
      .flatMap((node): Named[] =>
        ts.isTypeAliasDeclaration(node) ? [node] : [...node.declarationList.declarations],
      )
      .filter((node) => !hasForm(node))
      .map((node) => ({
        line: lineOf(node),
        message: `${node.name.getText()}: a schema ends in Schema; its type is the bare name, or begins with Wire`,
      })),
);

function hasForm(node: Named): boolean {
  const name = node.name.getText();
  if (ts.isTypeAliasDeclaration(node)) return !/(Wire|Schema)$/.test(name);
  if (/(Wire|Response|Body)$/.test(name)) return false;
  const isSchema = /^z\s*\.|^(listed|absorbed)\(/.test(node.initializer?.getText() ?? '');
  return !isSchema || name.endsWith('Schema');
}

const noEmptyFile: Rule = {
  name: 'no empty file',
  check: (tree) =>
    tree.files
      .filter(({ text }) => text.trim() === '')
      .map(({ path }) => ({
        path,
        line: 1,
        message: 'is empty: leave it out until it has something to say',
      })),
};

const vagueNames = /(^|[/.-])(utils?|helpers?|common|managers?|misc|shared)([/.-]|$)/i;

const noVagueName: Rule = {
  name: 'no file whose name says nothing',
  check: (tree) =>
    tree.paths
      .filter((path) => /^(src|web|test|scripts|bench)\//.test(path) && vagueNames.test(path))
      .map((path) => ({ path, line: 1, message: 'name it after what it holds' })),
};

export const roleRules: readonly Rule[] = [roles, pureMaps, wireNames, noEmptyFile, noVagueName];
