import fc from 'fast-check';
import { format, inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from './secret.ts';

const canary = 'canary-0123456789';
const secret = new Secret(canary);

test.each([
  ['a template', () => `${String(secret)}`],
  ['a concatenation', () => 'token: ' + String(secret)],
  ['JSON', () => JSON.stringify({ secret, list: [secret] })],
  ['inspect', () => inspect({ deep: { secret } }, { depth: 9, showHidden: true, getters: true })],
  ['console-like formats', () => format('%s %o %O %j', secret, secret, secret, secret)],
  ['the message of an error', () => inspect(new Error(`bad ${String(secret)}`, { cause: secret }))],
  ['its keys and values', () => JSON.stringify([Object.entries(secret), { ...secret }])],
  ['a copy', () => inspect(structuredClone({ ...secret }))],
])('does not show itself in %s', (_case, show) => {
  expect(show()).not.toContain(canary);
});

test('says what stands in its place', () => {
  expect(`${String(secret)} ${JSON.stringify(secret)}`).toBe('[redacted] "[redacted]"');
});

test('gives its value to who asks for it', () => {
  expect(secret.reveal()).toBe(canary);
  const bytes = Uint8Array.of(1, 2, 3);
  expect(new Secret(bytes).reveal()).toBe(bytes);
});

test('shows nothing of any value, bytes neither', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
      expect(inspect([new Secret(bytes), new Secret(Buffer.from(bytes).toString('hex'))])).toBe(
        '[ [redacted], [redacted] ]',
      );
    }),
  );
});
