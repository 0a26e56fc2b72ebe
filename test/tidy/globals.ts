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

const mayTouchTheWorld = (path: string): boolean =>
  ['src/domain/clock.ts', 'src/process/start.ts'].includes(path) ||
  ['src/outbound/', 'web/', 'scripts/', 'bench/', 'examples/'].some((folder) => path.startsWith(folder));

const mayReadTheEnvironment = (path: string): boolean =>
  path === 'src/configuration/environment.ts' ||
  path.endsWith('.config.ts') ||
  ['test/', 'scripts/', 'bench/', 'examples/'].some((folder) => path.startsWith(folder));

const banned: readonly Banned[] = [
  {
    what: 'Date.now',
    found: (node) => isMember(node, 'Date', 'now'),
    instead: 'take a Clock and ask clock.now()',
    allowed: mayTouchTheWorld,
  },
  {
    what: 'new Date()',
    found: (node) => ts.isNewExpression(node) && isNamed(node.expression, 'Date') && !node.arguments?.length,
    instead: 'take a Clock and ask clock.now()',
    allowed: mayTouchTheWorld,
  },
  {
    what: 'Math.random',
    found: (node) => isMember(node, 'Math', 'random'),
    instead: 'take `random: () => number`, or node:crypto where it must not be guessed',
    allowed: mayTouchTheWorld,
  },
  {
    what: 'setTimeout or setInterval',
    found: (node) => isCallOf(node, 'setTimeout') || isCallOf(node, 'setInterval'),
    instead: 'take a Clock and clock.schedule; in a test advance a ManualClock',
    allowed: mayTouchTheWorld,
  },
  {
    what: 'fetch',
    found: (node) => isCallOf(node, 'fetch'),
    instead: 'call through Outbound, which has deadlines, limits and a breaker',
    allowed: (path) => mayTouchTheWorld(path) || isTest(path),
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
    instead: 'add the alert to src/usecases/alerts.ts and call raise',
    allowed: (path) => /^src\/(usecases\/alerts\.ts|services\/slack\/)/.test(path) || isTest(path),
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
