import type { Finding, Rule } from './rule.ts';
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

const ofAService = ['service.ts', 'README.md'];
const ofAProvider = ['provider.ts', 'client.ts', 'wire.ts', 'map.ts', 'errors.ts', 'mock.ts', 'README.md'];

const roles: Rule = {
  name: 'the same roles by the same names in every service',
  check(tree) {
    return serviceFolders(tree).flatMap((folder) => {
      const names = namesIn(tree, folder);
      const isProvider = folder.startsWith('src/services/open-banking/');
      const required = isProvider ? ofAProvider : ofAService;
      const finding = (path: string, message: string): Finding => ({ path, line: 1, message });
      return [
        ...required
          .filter((name) => !names.includes(name))
          .map((name) => finding(folder, `has no ${name}: add it, as its siblings have`)),
        ...(isProvider && !names.includes('emulator')
          ? [finding(folder, 'has no emulator/: add it, as its siblings have')]
          : []),
        ...names
          .filter((name) => name in otherWords)
          .map((name) => finding(`${folder}/${name}`, `call it ${otherWords[name]}`)),
      ];
    });
  },
};

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

export const roleRules: readonly Rule[] = [roles, noEmptyFile, noVagueName];
