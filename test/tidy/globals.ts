import ts from 'typescript';
import { fileRule, type Rule } from './rule.ts';
import { lineOf, nodesOf } from './syntax.ts';
import { isCode, isTest } from './tree.ts';

interface Banned {
  what: string;
  found: (node: ts.Node) => boolean;
  instead: string;
  allowed: (path: string) => boolean;
}

const outsideOfTheServer = ['web/', 'scripts/', 'bench/', 'examples/'];

const startsWithOne = (path: string, folders: readonly string[]): boolean =>
  folders.some((folder) => path.startsWith(folder));

/**
 * The edge of a process: programs, the parts that put one together, and servers that stand in for others. What they
 * draw and measure is passed in everywhere else, so that a simulation can own it.
 */
const isEdge = (path: string): boolean =>
  startsWithOne(path, [
    'src/process/',
    'src/sandbox/',
    'src/drill/',
    'src/cli/',
    'src/emulation/',
    'src/store/embedded/',
  ]) ||
  startsWithOne(path, outsideOfTheServer) ||
  /^src\/services\/.+\/emulator\//.test(path) ||
  isTest(path) ||
  path.startsWith('test/');

const mayReadTheTime = (path: string): boolean =>
  path === 'src/domain/clock.ts' || startsWithOne(path, outsideOfTheServer);

const mayMeasure = (path: string): boolean => path === 'src/domain/clock.ts' || isEdge(path);

const mayDraw = (path: string): boolean => path === 'src/domain/entropy.ts' || isEdge(path);

/**
 * `initializeServices()` also works with nothing given, so it has to choose. The database's driver has real timeouts,
 * so the limits of its connections are real unless a clock is given.
 */
const choosing = ['src/services/index.ts', 'src/store/connections.ts', 'src/store/migrate.ts'];

const mayChooseTheSource = (path: string): boolean =>
  // The packages hand the clock to whoever uses them.
  path.startsWith('packages/') ||
  ['src/domain/clock.ts', 'src/domain/entropy.ts', ...choosing].includes(path) ||
  isEdge(path);

const mayReadTheEnvironment = (path: string): boolean =>
  path === 'src/configuration/environment.ts' ||
  path.endsWith('.config.ts') ||
  startsWithOne(path, ['test/', 'scripts/', 'bench/', 'examples/']);

const draws = /^(random(UUID|Bytes|Int|Fill\w*|State|Nonce|PKCE\w*)|getRandomValues)$/;

const banned: readonly Banned[] = [
  {
    what: 'Date.now',
    found: (node) => isMember(node, 'Date', 'now'),
    instead: 'take a Clock and ask clock.now()',
    allowed: mayReadTheTime,
  },
  {
    what: 'new Date()',
    found: (node) => ts.isNewExpression(node) && isNamed(node.expression, 'Date') && !node.arguments?.length,
    instead: 'take a Clock and ask clock.now()',
    allowed: mayReadTheTime,
  },
  {
    what: 'setTimeout or setInterval',
    found: (node) => isCallOf(node, 'setTimeout') || isCallOf(node, 'setInterval'),
    instead: 'take a Clock and clock.schedule; in a test advance a ManualClock',
    allowed: mayReadTheTime,
  },
  {
    what: 'setImmediate or node:timers',
    found: (node) => isCallOf(node, 'setImmediate') || isImportFrom(node, /^node:timers/),
    instead: 'take a Clock: clock.afterTurn, clock.schedule',
    allowed: (path) => mayReadTheTime(path) || isTest(path),
  },
  {
    what: 'performance.now, process.hrtime or AbortSignal.timeout',
    found: (node) =>
      isMember(node, 'performance', 'now') ||
      isMember(node, 'process', 'hrtime') ||
      isMember(node, 'AbortSignal', 'timeout'),
    instead: 'take a Clock: clock.monotonicMs(), clock.schedule',
    allowed: mayMeasure,
  },
  {
    what: 'Math.random',
    found: (node) => isMember(node, 'Math', 'random'),
    instead: 'take an Entropy, or `random: () => number` where a fraction is all that is drawn',
    allowed: (path) => startsWithOne(path, outsideOfTheServer),
  },
  {
    what: 'random id, token or number',
    found: (node) =>
      (ts.isImportSpecifier(node) && draws.test((node.propertyName ?? node.name).text)) ||
      (ts.isPropertyAccessExpression(node) && draws.test(node.name.text)),
    instead: 'take an Entropy: entropy.uuid(), entropy.token(), entropy.fraction()',
    allowed: mayDraw,
  },
  {
    what: 'systemClock or systemEntropy',
    found: (node) => isNamed(node, 'systemClock') || isNamed(node, 'systemEntropy'),
    instead: 'take a Clock or an Entropy as an argument; the process chooses which',
    allowed: mayChooseTheSource,
  },
  {
    what: 'fetch',
    found: (node) => isCallOf(node, 'fetch'),
    instead: 'call through Outbound, which has deadlines, limits and a breaker',
    allowed: (path) => isTest(path) || startsWithOne(path, ['src/outbound/', ...outsideOfTheServer]),
  },
  {
    what: 'process.env',
    found: (node) => isMember(node, 'process', 'env'),
    instead: 'name the variable in src/configuration/variables/ and take its value as an argument',
    allowed: mayReadTheEnvironment,
  },
  {
    what: 'sendAlert',
    found: (node) => ts.isPropertyAccessExpression(node) && isNamed(node.name, 'sendAlert'),
    instead: 'add the alert to src/usecases/alerts/kinds.ts and call raise',
    allowed: (path) => /^src\/(usecases\/alerts|services\/slack)\//.test(path) || isTest(path),
  },
];

function isNamed(node: ts.Node, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name;
}

function isMember(node: ts.Node, object: string, property: string): boolean {
  if (!ts.isPropertyAccessExpression(node) || node.name.text !== property) return false;
  return isNamed(node.expression, object) || isMember(node.expression, 'globalThis', object);
}

function isCallOf(node: ts.Node, name: string): boolean {
  if (!ts.isCallExpression(node)) return false;
  return isNamed(node.expression, name) || isMember(node.expression, 'globalThis', name);
}

function isImportFrom(node: ts.Node, pattern: RegExp): boolean {
  if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) return false;
  return pattern.test(node.moduleSpecifier.text);
}

export const globalRules: readonly Rule[] = banned.map(({ what, found, instead, allowed }) =>
  fileRule(
    `no ${what} outside its place`,
    (path) => isCode(path) && !allowed(path),
    (file) =>
      nodesOf(file)
        .filter(found)
        .map((node) => ({ line: lineOf(node), message: `${what}: ${instead}` })),
  ),
);
