import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { OddItems } from '#domain/odd-items.ts';
import type { UnexpectedAnswer } from '#domain/unexpected-answer.ts';
import { absorbed, createListReader, faultyFields, listed, wordOf } from './listed-items.ts';

const entry = z.object({ name: z.string(), tags: listed('tags', z.string()).nullish() });
const answer = z.object({
  entries: listed('entries', entry),
  note: absorbed('note', z.string().nullish(), undefined),
});

function read(value: unknown): { entries: unknown[]; logged: unknown[]; counted: OddItems[] } {
  const logged: unknown[] = [];
  const counted: OddItems[] = [];
  const reader = createListReader({
    provider: 'test',
    log: (...line) => logged.push(line),
    onOddItems: (odd) => counted.push(odd),
  });
  const { entries } = reader('test.read', () => answer.parse(value));
  return { entries, logged, counted };
}

test('readable items count in their order, and each of the others is counted', () => {
  const good = fc.record({ name: fc.string(), tags: fc.array(fc.string()) });
  const odd = fc.oneof(fc.constant(null), fc.integer(), fc.record({ name: fc.integer() }), fc.string());
  fc.assert(
    fc.property(fc.array(fc.oneof(good, odd)), (items) => {
      const isGood = (item: unknown): boolean =>
        typeof item === 'object' && item !== null && 'name' in item && typeof item.name === 'string';
      const { entries, counted } = read({ entries: items });
      expect(entries).toEqual(items.filter(isGood));
      const count = items.filter((item) => !isGood(item)).length;
      expect(counted).toEqual(count === 0 ? [] : [{ provider: 'test', operation: 'test.read', count }]);
    }),
  );
});

test('the log names fields and never values', () => {
  const { logged } = read({
    entries: [{ name: 'canary' }, { name: ['canary'] }, 'canary', { name: 'x', tags: ['canary', 4711] }],
    note: { canary: 1 },
  });
  const fields = ['entries: name', 'entries: the whole', 'tags: the whole', 'note: the whole'];
  expect(logged).toEqual([
    [
      'test.read: parts of the answer could not be read',
      { provider: 'test', operation: 'test.read', count: 4, fields },
    ],
  ]);
});

test('an answer in which all is readable is not logged', () => {
  expect(read({ entries: [{ name: 'a', tags: null }] }).logged).toEqual([]);
});

test('a value that is not a list is refused', () => {
  expect(() => read({ entries: null })).toThrow(z.ZodError);
});

test('odd items are told of an answer that is refused as a whole too', () => {
  const logged: unknown[] = [];
  const reader = createListReader({ provider: 'test', log: (...line) => logged.push(line) });
  const refused = z.object({ entries: listed('entries', entry), id: z.string() });
  expect(() => reader('test.read', () => refused.parse({ entries: [7] }))).toThrow(z.ZodError);
  expect(logged).toHaveLength(1);
});

test.each([
  ['items', { entries: Array(300_000).fill(7) }],
  ['items of items', { entries: Array(300).fill({ name: 'a', tags: Array(1_000).fill(7) }) }],
])('of an answer with too many unreadable %s few are looked at, and it is refused', (_kind, value) => {
  const counted: OddItems[] = [];
  const reader = createListReader({
    provider: 'test',
    log: () => undefined,
    onOddItems: (odd) => counted.push(odd),
  });
  const error = z.object({ whole: absorbed('whole', answer, undefined) });
  expect(() => reader('test.read', () => answer.parse(value))).toThrow(/more than 10000 parts/);
  expect(() => reader('test.read', () => error.parse({ whole: value }))).toThrow(/more than 10000 parts/);
  for (const { count } of counted) expect(count).toBeLessThan(11_000);
});

test('an item that cannot be read keeps its place where something can be made of it', () => {
  const placed = listed('lines', z.object({ max: z.int() }), () => ({ max: 0 }));
  expect(placed.parse([{ max: 1 }, null, { max: 3 }])).toEqual([{ max: 1 }, { max: 0 }, { max: 3 }]);
});

test('a word that is not known is unknown, and told with its field', () => {
  const told: UnexpectedAnswer[] = [];
  const reader = createListReader({
    provider: 'test',
    log: () => undefined,
    onUnexpected: (each) => told.push(each),
  });
  const status = wordOf('status', ['DONE', 'unknown']);
  const schema = z.object({ status, entries: listed('entries', entry) });
  const parse = (value: unknown) => reader('test.read', () => schema.parse(value));
  expect(parse({ status: 'DONE', entries: [] })).toEqual({ status: 'DONE', entries: [] });
  expect(told).toEqual([]);
  expect(parse({ status: 'NEW', entries: [{ name: 7 }] })).toEqual({ status: 'unknown', entries: [] });
  expect(parse({ entries: [] })).toEqual({ status: 'unknown', entries: [] });
  expect(told).toEqual([
    {
      provider: 'test',
      operation: 'test.read',
      unreadable: ['entries.name'],
      words: [{ field: 'status', word: 'NEW' }],
    },
    {
      provider: 'test',
      operation: 'test.read',
      unreadable: [],
      words: [{ field: 'status', word: undefined }],
    },
  ]);
});

test('the fields of an answer that cannot be used at all are told', () => {
  const told: UnexpectedAnswer[] = [];
  const reader = createListReader({
    provider: 'test',
    log: () => undefined,
    onUnexpected: (each) => told.push(each),
  });
  const { error } = z.object({ id: z.object({ name: z.string() }) }).safeParse({ id: {} });
  expect(reader('test.read', () => error && faultyFields(error))).toBe('id.name');
  expect(told).toEqual([{ provider: 'test', operation: 'test.read', unreadable: ['id.name'], words: [] }]);
});
