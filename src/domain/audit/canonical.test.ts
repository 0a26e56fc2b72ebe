import { expect, test } from 'vitest';
import { canonicalJson } from './canonical.ts';

test('the order of members does not count, and that of a list does', () => {
  expect(canonicalJson({ b: [2, 1], a: { d: 1, c: null } })).toBe('{"a":{"c":null,"d":1},"b":[2,1]}');
});

test('a time, bytes and what is absent have one form each', () => {
  const value = { at: new Date(0), bytes: Buffer.from([1, 255]), none: undefined };
  expect(canonicalJson(value)).toBe('{"at":"1970-01-01T00:00:00.000Z","bytes":"01ff"}');
});

test('a value that went through the database as JSON has the same form', () => {
  const value = { list: [1.5, 'å', { x: undefined, y: true }], large: 1e21 };
  expect(canonicalJson(JSON.parse(JSON.stringify(value)))).toBe(canonicalJson(value));
});
