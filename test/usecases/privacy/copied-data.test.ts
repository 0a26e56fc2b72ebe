import { expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { archive } from '#usecases/privacy/copy/archive.ts';
import { dataJson } from '#usecases/privacy/copy/data-json.ts';
import { copyPage } from '#usecases/privacy/copy/page.ts';
import type { CopiedTable } from '#usecases/privacy/copy/read-data.ts';

const at = new Date('2026-11-30T12:00:00Z');

function tableOf(name: string, rows: CopiedTable['rows']): CopiedTable {
  return { name, title: 'Payments', why: 'a reason', kept: 'a year', columns: ['id', 'text'], rows };
}

test.each([
  ['none', []],
  ['one without rows', [tableOf('users', [])]],
  [
    'several',
    [
      tableOf('users', [{ id: 1, text: null, at, list: ['a', 'b'], nested: { empty: [] } }]),
      tableOf('transactions', [{ text: 'a\n[]\n"}' }, { text: '[]' }]),
    ],
  ],
])('the pieces of the data of tables (%s) are one document of JSON', (_which, tables) => {
  const data = { madeAt: at, customer: 'kari', tables };
  expect([...dataJson(tables, { customer: 'kari', at })].join('')).toBe(
    `${JSON.stringify(data, undefined, 2)}\n`,
  );
});

test('of many rows both files are made in pieces of a row or less', () => {
  const rows = Array.from({ length: 1_000 }, (_, id) => ({ id, text: 'Leie' }));
  const tables = [tableOf('transactions', rows)];
  for (const pieces of [copyPage(tables, { locale: 'nb', at }), dataJson(tables, { customer: 'kari', at })]) {
    const lengths = [...pieces].map(({ length }) => length);
    expect(lengths.length).toBeGreaterThan(rows.length);
    expect(Math.max(...lengths)).toBeLessThan(2_000);
  }
});

test('other work comes in between two parts of a file', async () => {
  const order: string[] = [];
  const clock = Object.assign(new ManualClock(), {
    afterTurn: (task: () => void) => void (order.push('other work'), task()),
  });
  function* parts() {
    for (const part of ['first', 'second']) {
      order.push(part);
      yield Buffer.from(part);
    }
  }
  await archive([{ name: 'a.txt', parts: parts() }], clock);
  expect(order).toEqual(['first', 'other work', 'second', 'other work']);
});
