import { sampleProvider as provider, type Sample } from './sample.ts';

/** Of the files of a service. */
export const rolesSamples: readonly Sample[] = [
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
];
