import type { Sample } from './sample.ts';

const longFunction = `function long() {\n${'  step();\n'.repeat(70)}}\n`;

/** Of lengths, types, leftovers, tests and documents. */
export const writingSamples: readonly Sample[] = [
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
