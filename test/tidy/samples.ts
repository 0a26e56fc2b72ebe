import type { TextFile } from './tree.ts';

/** For each rule what it must catch and what it must let pass, so that no rule sleeps. */
export interface Sample {
  rule: string;
  path: string;
  bad: string;
  /** The same idea, as the rule wants it, at `goodPath` or at the same path. */
  good: string;
  goodPath?: string;
  /** Another file of the tree, where a rule looks at several. */
  beside?: TextFile;
}

const longFunction = `function long() {\n${'  step();\n'.repeat(70)}}\n`;
const provider = 'src/services/open-banking/acme-pay/client.ts';

export const samples: readonly Sample[] = [
  {
    rule: 'no line longer than 120',
    path: 'docs/a.md',
    bad: 'æ '.repeat(61),
    good: `${'æ '.repeat(60)}\n| ${'cell '.repeat(40)}|\nhttps://example.com/${'x'.repeat(150)}`,
  },
  {
    rule: 'no claim of work in an order that the database chooses',
    path: 'src/store/a.ts',
    bad: 'sql`update a set b = 1 where id in (select id from a order by c for update skip locked) returning id`;',
    good:
      'sql`with taken as (update a set b = 1 where id in (select id from a order by c for update skip locked) ' +
      'returning id, c) select id from taken order by c`;',
  },
  {
    rule: 'no claim of work in an order that the database chooses',
    path: 'src/inbox/a.ts',
    bad: "const rows = await from('a').orderBy('b').limit(1).forUpdate().skipLocked().returningAll().execute();",
    good: "const rows = await from('a').orderBy('b').limit(1).forUpdate().skipLocked().execute();",
  },
  {
    rule: 'no source file longer than 500 lines',
    path: 'src/domain/a.ts',
    bad: 'export {};\n'.repeat(501),
    good: 'export {};\n'.repeat(500),
  },
  {
    rule: 'no source file longer than 500 lines',
    path: 'src/process/start.ts',
    bad: 'export {};\n'.repeat(100),
    good: 'export {};\n'.repeat(99),
  },
  {
    rule: 'no function longer than 70 lines',
    path: 'src/domain/a.ts',
    bad: longFunction,
    good: longFunction.replace('  step();\n', '  // why\n\n').replace('  step();\n', ''),
  },
  {
    rule: 'no function longer than 70 lines',
    path: 'test/a.test.ts',
    bad: longFunction,
    good: `describe('a', () => {\n${'  step();\n'.repeat(70)}});\n`,
  },
  {
    rule: 'imports that go one way',
    path: 'src/domain/a.ts',
    bad: `import { send } from '#outbound/outbound.ts';`,
    good: `import { clock } from './clock.ts';`,
  },
  {
    rule: 'imports that go one way',
    path: 'src/usecases/payments/pay.ts',
    bad: `import type { X } from '#services/slack/client.ts';`,
    good: `import type { Alerts } from '#services/slack/service.ts';`,
  },
  {
    rule: 'imports that go one way',
    path: 'src/services/slack/client.ts',
    bad: `import { sandboxPage } from '#emulation/page.ts';`,
    good: `import { sandboxPage } from '#emulation/page.ts';`,
    goodPath: 'src/services/slack/emulator/page.ts',
  },
  {
    rule: 'imports that go one way',
    path: 'src/unheard-of/a.ts',
    bad: `import { x } from './x.ts';`,
    good: `import { x } from './x.ts';`,
    goodPath: 'src/store/a.ts',
  },
  {
    rule: 'imports that go one way',
    path: 'src/http/app.ts',
    bad: `import { startDrop } from '#process/start.ts';`,
    good: `import { app } from '#http/app.ts';`,
    goodPath: 'src/process/start.ts',
  },
  {
    rule: 'services that do not import each other',
    path: 'src/services/slack/client.ts',
    bad: `export { x } from '../sumsub/wire.ts';`,
    good: `export { x } from './wire.ts';`,
  },
  {
    rule: 'services that do not import each other',
    path: provider,
    bad: `import type { X } from '../other-pay/wire.ts';`,
    good: `import type { X } from '../service.ts';`,
  },
  {
    rule: 'emulators that stand alone',
    path: 'src/services/slack/emulator/emulator.ts',
    bad: `const wire = await import('../wire.ts');`,
    good: `import type { Alert } from '../service.ts';`,
  },
  {
    rule: 'emulators that stand alone',
    path: 'src/services/slack/client.ts',
    bad: `import { x } from './emulator/emulator.ts';`,
    good: `import { x } from '#services/slack/emulator/emulator.ts';`,
    goodPath: 'src/sandbox/emulators.ts',
  },
  {
    rule: 'mocks and emulators that a start does not load',
    path: 'src/services/slack/definition.ts',
    bad: `import { createSlackMock } from './mock.ts';`,
    good: `const { createSlackMock } = await import('./mock.ts');`,
  },
  {
    rule: 'mocks and emulators that a start does not load',
    path: 'src/services/open-banking/acme-pay/provider.ts',
    bad: `import { createAcmePayEmulator } from './emulator/emulator.ts';`,
    good: `import type { Options } from './emulator/emulator.ts';`,
  },
  {
    rule: 'a domain without packages and input or output',
    path: 'src/domain/a.ts',
    bad: `import { readFileSync } from 'node:fs';`,
    good: `import { createHash } from 'node:crypto';`,
  },
  {
    rule: 'a web app that takes only types of the contract, and the domain',
    path: 'web/customer/api/a.ts',
    bad: `import { meSchema } from '#http/contract/session.ts';`,
    good: `import type { Me } from '../../../src/http/contract/session.ts';\nimport { x } from '#domain/money.ts';`,
  },
  {
    rule: 'a web app that takes only types of the contract, and the domain',
    path: 'web/customer/api/a.ts',
    bad: `import type { Pay } from '../../../src/usecases/payments/pay.ts';`,
    good: `import { useQuery } from '@tanstack/react-query';`,
  },
  {
    rule: 'web apps that do not import each other, on a kit that imports none of them',
    path: 'web/kit/parts/a.tsx',
    bad: `import { nb } from '#customer/texts/nb.ts';`,
    good: `import { useLocale } from '../locale/locale.ts';`,
  },
  {
    rule: 'web apps that do not import each other, on a kit that imports none of them',
    path: 'web/console/calls/a.tsx',
    bad: `import { useTexts } from '#customer/texts/texts.ts';`,
    good: `import { Notice } from '#kit/parts/notice.tsx';\nimport { useTexts } from '../texts/texts.ts';`,
  },
  {
    rule: 'no relative import that climbs out of its room',
    path: 'src/usecases/payments/pay.ts',
    bad: `import { x } from '../../domain/money.ts';`,
    good: `import { x } from '#domain/money.ts';\nimport { y } from '../alert.ts';`,
  },
  {
    rule: 'no relative import that climbs out of its room',
    path: 'test/usecases/a.test.ts',
    bad: `import { x } from '../../src/domain/money.ts';`,
    good: `import { x } from '../support/context.ts';`,
  },
  {
    rule: 'no relative import that climbs out of its room',
    path: 'test/usecases/a.test.ts',
    bad: `import { x } from '../../src/domain/money.ts';`,
    good: `import { x } from '../src/domain/money.ts';`,
    goodPath: 'bench/a.ts',
  },
  {
    rule: 'no import circle at run time',
    path: 'src/domain/a.ts',
    bad: `import { b } from './b.ts';`,
    good: `import type { B } from './b.ts';`,
    beside: { path: 'src/domain/b.ts', text: `import { a } from '#domain/a.ts';` },
  },
  {
    rule: 'no export that nothing imports',
    path: 'src/domain/a.ts',
    bad: 'export const a = 1;\nexport const b = a;',
    good: 'export const a = 1;\nconst b = a;',
    beside: { path: 'src/domain/b.ts', text: `import { a as other } from '#domain/a.ts';` },
  },
  {
    rule: 'no export that nothing imports',
    path: 'src/domain/a.ts',
    bad: 'export interface A { b: B }\nexport interface B {}',
    good: 'export interface B {}\nfunction a(b: B) {}',
    beside: { path: 'bin/a.js', text: `import('../src/domain/b.ts');` },
  },
  {
    rule: 'no export that nothing imports',
    path: 'test/support/acme/parts/words.ts',
    bad: 'export const words = [];',
    good: 'export const words = [];',
    goodPath: 'test/support/acme/words.ts',
    beside: { path: 'test/support/a.ts', text: 'await import(`./${id}/words.ts`);' },
  },
  {
    rule: 'no export that nothing imports',
    path: 'test/support/setup.ts',
    bad: 'export function helper() {}',
    good: 'export function setup() {}',
    goodPath: 'test/support/global-setup.ts',
    beside: {
      path: 'vitest.config.ts',
      text: `export default { globalSetup: ['test/support/global-setup.ts'] };`,
    },
  },
  {
    rule: 'no Date.now outside its place',
    path: 'src/usecases/payments/pay.ts',
    bad: 'const now = Date.now();',
    good: 'const now = clock.now(); // not Date.now',
  },
  {
    rule: 'no new Date() outside its place',
    path: 'src/usecases/payments/pay.ts',
    bad: 'const now = new Date();',
    good: 'const then = new Date(0);',
  },
  {
    rule: 'no Math.random outside its place',
    path: 'src/outbound/guard.ts',
    bad: 'const { random = Math.random } = options;',
    good: 'const { random } = options;',
  },
  {
    rule: 'no setTimeout or setInterval outside its place',
    path: 'test/a.test.ts',
    bad: 'await new Promise((resolve) => setTimeout(resolve, 50));',
    good: 'clock.advance(50);',
  },
  {
    rule: 'no setImmediate or node:timers outside its place',
    path: 'src/inbox/receive.ts',
    bad: 'setImmediate(commit);',
    good: 'clock.afterTurn(commit);',
  },
  {
    rule: 'no setImmediate or node:timers outside its place',
    path: 'src/outbound/deadline.ts',
    bad: `import { setTimeout as pause } from 'node:timers/promises';`,
    good: `const timer = setTimeout(task, delayMs);`,
    goodPath: 'src/domain/clock.ts',
  },
  {
    rule: 'no performance.now, process.hrtime or AbortSignal.timeout outside its place',
    path: 'src/outbound/observation.ts',
    bad: 'const startedMs = performance.now();',
    good: 'const startedMs = clock.monotonicMs();',
  },
  {
    rule: 'no performance.now, process.hrtime or AbortSignal.timeout outside its place',
    path: 'src/services/slack/client.ts',
    bad: 'const signal = AbortSignal.timeout(5_000);',
    good: 'const signal = AbortSignal.timeout(5_000);',
    goodPath: 'src/cli/visitor.ts',
  },
  {
    rule: 'no random id, token or number outside its place',
    path: 'src/usecases/payments/pay.ts',
    bad: `import { randomUUID as id } from 'node:crypto';`,
    good: 'const id = context.entropy.uuid();',
  },
  {
    rule: 'no random id, token or number outside its place',
    path: 'src/http/request-id.ts',
    bad: 'return globalThis.crypto.randomUUID();',
    good: `import { randomUUID } from 'node:crypto';`,
    goodPath: 'src/services/slack/emulator/index.ts',
  },
  {
    rule: 'no systemClock or systemEntropy outside its place',
    path: 'src/http/listen.ts',
    bad: `import { systemClock } from '#domain/clock.ts';`,
    good: `import { systemClock } from '#domain/clock.ts';`,
    goodPath: 'src/process/start.ts',
  },
  {
    rule: 'no fetch outside its place',
    path: 'src/usecases/payments/pay.ts',
    bad: 'await globalThis.fetch(url);',
    good: 'await app.fetch(request);',
  },
  {
    rule: 'no process.env outside its place',
    path: 'src/usecases/payments/pay.ts',
    bad: 'const port = process.env.PORT;',
    good: 'const port = process.env.PORT;',
    goodPath: 'src/configuration/environment.ts',
  },
  {
    rule: 'no sendAlert outside its place',
    path: 'src/usecases/payments/pay.ts',
    bad: 'void services.alerts.sendAlert({ severity, title, message });',
    good: `void raise(context, 'started', details);\nconst alerts = { async sendAlert(alert) {} };`,
  },
  { rule: 'no any', path: 'src/a.ts', bad: 'const a = b as any;', good: `const a: unknown = 'any';` },
  { rule: 'no non-null assertion', path: 'src/a.ts', bad: 'a!.b();', good: 'if (!a) b(!c);' },
  {
    rule: 'no default export',
    path: 'src/a.ts',
    bad: 'export default function a() {}',
    good: 'export function a() { switch (b) { default: } }',
  },
  { rule: 'no default export', path: 'src/a.ts', bad: 'export default a;', good: 'export { a };' },
  {
    rule: 'no silenced type error',
    path: 'src/a.ts',
    bad: `call(); // @ts-${'ignore'}`,
    good: `const text = '// @ts-${'ignore'}';`,
  },
  {
    rule: 'no spread of an object literal',
    path: 'src/a.ts',
    bad: 'const a = { ...{ b, c }, d };',
    good: 'const a = { b, c, ...(d && { d }) };',
  },
  {
    rule: 'no default arm in a map',
    path: 'src/services/slack/map.ts',
    bad: 'switch (a) { default: }',
    good: `switch (a) { case 'b': }`,
  },
  {
    rule: 'no bare error',
    path: 'src/usecases/payments/pay.ts',
    bad: `throw new Error('no');`,
    good: `throw new DropError('payment_unknown');`,
  },
  {
    rule: 'no bare error',
    path: 'src/usecases/payments/pay.ts',
    bad: `new Promise((_, reject) => reject(new RangeError('no')));`,
    good: `throw new RangeError('no');`,
    goodPath: 'src/domain/money.ts',
  },
  {
    rule: 'no note of work to be done',
    path: 'src/a.ts',
    bad: `/** ${'TO'}${'DO'}: later */`,
    good: `const list = '${'TO'}${'DO'}';`,
  },
  {
    rule: 'no filler text',
    path: 'docs/a.md',
    bad: `# Lorem ${'ipsum'}`,
    good: '# Payments',
  },
  { rule: 'no focused test', path: 'test/a.test.ts', bad: `test.only('a', b);`, good: `test('a', b.only);` },
  {
    rule: 'no provider of open banking named outside its folder',
    path: 'src/usecases/payments/pay.ts',
    bad: `const id = 'acmePay';`,
    good: `// as acme-pay does\nconst id = provider.id;`,
  },
  {
    rule: 'the same roles by the same names in every service',
    path: 'src/services/pigeon/adapter.ts',
    bad: 'export {};',
    good: 'export {};',
    goodPath: 'src/usecases/adapter.ts',
  },
  {
    rule: 'the same roles by the same names in every service',
    path: 'src/services/pigeon/provider.ts',
    bad: 'export {};',
    good: 'export {};',
    goodPath: 'src/outbound/provider.ts',
  },
  {
    rule: 'the same roles by the same names in every service',
    path: 'src/services/pigeon/emulator/index.ts',
    bad: 'export {};',
    good: 'export {};',
    goodPath: 'src/sandbox/emulator/index.ts',
  },
  {
    rule: 'maps that are pure',
    path: 'src/services/slack/map.ts',
    bad: `import { judgeByStatus } from '#outbound/judge.ts';`,
    good: `import type { X } from '#outbound/outbound.ts';\nimport { shownText } from '#domain/shown-text.ts';`,
  },
  {
    rule: 'maps that are pure',
    path: provider.replace('client.ts', 'map.ts'),
    bad: `import { createClient } from './client.ts';`,
    good: `import { amountOf } from './amounts.ts';`,
  },
  {
    rule: 'maps that are pure',
    path: 'src/services/slack/map.ts',
    bad: 'export async function toAlert() { await call(); }',
    good: 'export function toAlert() { return alert; }',
  },
  {
    rule: 'one form of names in wire.ts',
    path: 'src/services/slack/wire.ts',
    bad: 'export const answerWire = z.object({});',
    good: 'export const answerSchema = z.object({});\nexport type Answer = z.output<typeof answerSchema>;',
  },
  {
    rule: 'one form of names in wire.ts',
    path: 'src/services/slack/wire.ts',
    bad: 'export const accountResponse = account.refine(isWhole);',
    good: `export const words = ['a'] as const;\nconst account = z.object({});`,
  },
  {
    rule: 'one form of names in wire.ts',
    path: 'src/services/slack/wire.ts',
    bad: 'export type AnswerWire = z.output<typeof answerSchema>;',
    good: 'export type WireAnswer = z.output<typeof answerSchema>;',
  },
  { rule: 'no empty file', path: 'src/a.ts', bad: '\n', good: 'export {};' },
  {
    rule: 'no file whose name says nothing',
    path: 'src/usecases/pay-utils.ts',
    bad: 'export {};',
    good: 'export {};',
    goodPath: 'src/usecases/commonplace.ts',
  },
  {
    rule: 'no fixture without its source',
    path: 'src/services/slack/fixtures/a.json',
    bad: '{"ok":true}',
    good: '{"source":"the documentation","ok":true}',
  },
  {
    rule: 'no two tests of one title in a file',
    path: 'test/a.test.ts',
    bad: `test('a', b);\ntest.each([])('a', c);`,
    good: `describe('x', () => { test('a', b); });\ndescribe('y', () => { test('a', b); });`,
  },
  {
    rule: 'exactly one title in every document',
    path: 'docs/a.md',
    bad: '# One\n\n# Two',
    good: '# One\n\n```sh\n# a comment\n```',
  },
  { rule: 'exactly one title in every document', path: 'docs/a.md', bad: 'text', good: '# One' },
];

/** The folder that `no provider of open banking …` learns the name from. */
export const sampleProvider = provider;
