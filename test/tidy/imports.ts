import { importsOf, type Import } from './imports-of.ts';
import { layerOf, layers, serviceFolderOf } from './layers.ts';
import { fileRule, type Rule } from './rule.ts';
import { isCode, isTest } from './tree.ts';

const isSource = (path: string): boolean => path.startsWith('src/') && isCode(path) && !isTest(path);

/** A rule over imports: `judge` says what is wrong with one, or nothing. */
function importRule(
  name: string,
  applies: (path: string) => boolean,
  judge: (path: string, imported: Import, target: string) => string | undefined,
): Rule {
  return fileRule(name, applies, (file) =>
    importsOf(file).flatMap((imported) => {
      const message = judge(file.path, imported, imported.target ?? imported.specifier);
      return message === undefined ? [] : [{ line: imported.line, message }];
    }),
  );
}

const direction = importRule('imports that go one way', isSource, (path, { isTypeOnly }, target) => {
  const from = layerOf(path);
  if (from === undefined) return `has no layer: give its folder a row in test/tidy/layers.ts`;
  if (!target.startsWith('src/')) return undefined;
  const to = layerOf(target);
  if (to === undefined || to === from || layers[from]?.includes(to)) return undefined;
  const isComposition = /^src\/services\/[\w-]+\.ts$/.test(path);
  if (isComposition && to === 'config') return undefined;
  if (to === 'emulation' && (isTypeOnly || path.includes('/emulator/'))) return undefined;
  if (target === 'src/services/index.ts' && isTypeOnly) return undefined;
  if (isTypeOnly && to === 'config' && from === 'http') return undefined;
  return `${from} imports ${to} (${target}): take it as an argument, with a type of ${allowed(from)}`;
});

function allowed(layer: string): string {
  return [layer, ...(layers[layer] ?? [])].join(', ');
}

const siblings = importRule('services that do not import each other', isSource, (path, _imported, target) => {
  const from = serviceFolderOf(path);
  const to = serviceFolderOf(target);
  if (from === undefined || to === undefined || from === to) return undefined;
  const isList = ['src/services/services.ts', 'src/services/open-banking/providers.ts'].includes(path);
  const isParent = from.startsWith(`${to}/`);
  if (isList || isParent) return undefined;
  return `imports ${target}: a service's folder knows no other; share by a contract in src/domain`;
});

const emulators = importRule('emulators that stand alone', isSource, (path, _imported, target) => {
  const own = serviceFolderOf(path);
  const isProduction = /\/(client|wire|map|mock)\.ts$/.test(target);
  if (path.includes('/emulator/') && isProduction && serviceFolderOf(target) === own)
    return `imports ${target}: write the emulator from the provider's documentation, so that it can disagree`;
  const mayUse =
    path.includes('/emulator/') ||
    /\/(provider|definition)\.ts$/.test(path) ||
    path.startsWith('src/sandbox');
  if (target.includes('/emulator/') && !mayUse)
    return `imports ${target}: emulators are for the sandbox and for tests`;
  return undefined;
});

const loadedLater = importRule(
  'mocks and emulators that a start does not load',
  (path) => /^src\/services\/.*\/(provider|definition)\.ts$/.test(path),
  (_path, { isTypeOnly, isDynamic }, target) => {
    if (isTypeOnly || isDynamic || !/\/emulator\/|\/mock\.ts$/.test(target)) return undefined;
    return `imports ${target} with the file: import it where it is made, by \`await import(…)\``;
  },
);

const purity = importRule(
  'a domain without packages and input or output',
  (path) => path.startsWith('src/domain/') && isSource(path),
  (_path, { specifier, target }) => {
    if (target !== undefined || ['node:util', 'node:crypto'].includes(specifier)) return undefined;
    return `imports ${specifier}: the domain is pure; move this to the layer that talks to the world`;
  },
);

const web = importRule(
  'a web app that takes only types of the contract, and the domain',
  (path) => path.startsWith('web/') && isCode(path),
  (_path, { isTypeOnly }, target) => {
    if (!target.startsWith('src/') || target.startsWith('src/domain/')) return undefined;
    if (!target.startsWith('src/http/contract/'))
      return `imports ${target}: only src/http/contract/ and src/domain/`;
    return isTypeOnly ? undefined : `imports the contract at run time: write \`import type\``;
  },
);

const appOf = (path: string): string | undefined => /^web\/([\w-]+)\//.exec(path)?.[1];

/** `web/customer/` today, `web/console/` and others beside it. */
const apps = importRule(
  'web apps that do not import each other, on a kit that imports none of them',
  // The build's configuration is that of all of them.
  (path) => path.startsWith('web/') && path !== 'web/vite.config.ts' && isCode(path),
  (path, _imported, target) => {
    const to = appOf(target);
    if (to === undefined || to === 'kit' || to === appOf(path)) return undefined;
    return `imports ${target}: move what both need to web/kit/, or hand it over as an argument`;
  },
);

/** A room is a folder whose files may reach each other by relative paths. */
function roomOf(path: string): string {
  const patterns = [
    /^src\/services\/open-banking\/[\w-]+\//,
    /^src\/services\/[\w-]+\//,
    /^(src|web)\/[\w-]+\//,
  ];
  const room = patterns.map((pattern) => pattern.exec(path)?.[0]).find((found) => found !== undefined);
  return room ?? path.slice(0, path.indexOf('/') + 1);
}

/** The bench and the packages are packages of their own, to which the product's `#` imports do not apply. */
const rooms = importRule(
  'no relative import that climbs out of its room',
  (path) => isCode(path) && !/^(bench|packages)\//.test(path),
  (path, { specifier }, target) => {
    if (!specifier.startsWith('../') || roomOf(path) === roomOf(target)) return undefined;
    const isReachable = /^(src|web)\/[\w-]+\/./.test(target);
    return isReachable ? `imports ${specifier}: write #${target.replace(/^(src|web)\//, '')}` : undefined;
  },
);

export const importRules: readonly Rule[] = [
  direction,
  siblings,
  emulators,
  loadedLater,
  purity,
  web,
  apps,
  rooms,
];
