import { format, inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from './secret.ts';

const value = 'canary-that-must-not-be-seen';
const secret = new Secret(value);

test.each([
  ['JSON', JSON.stringify({ secret, list: [secret] })],
  ['a template', `${String(secret)} ${secret.toString()}`],
  ['inspect', inspect({ deep: { secret } }, { showHidden: true, depth: 9 })],
  ['format', format('%s %o %j', secret, secret, secret)],
  ['a copy of its properties', JSON.stringify({ ...secret })],
  ['its keys and values', JSON.stringify([Object.keys(secret), Object.values(secret)])],
])('is not in %s', (_way, shown) => {
  expect(shown).not.toContain(value);
});

test('is returned by reveal', () => {
  expect(secret.reveal()).toBe(value);
});
