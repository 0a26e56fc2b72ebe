import { readFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { keySetSchema } from '#services/bankid/wire.ts';
import { expectRefusal, signIn, signInOverridden, startStack } from './stack.ts';

/** A valid certificate of a key that the issuer does not have. */
const file = new URL('../../outbound/fixtures/stranger.pem', import.meta.url);
const certificate = new X509Certificate(readFileSync(file)).raw.toString('base64');

it.each([
  ['of another key', [certificate]],
  ['that is invalid', ['not a certificate']],
  ['in an empty chain', []],
])('a certificate %s beside a key is ignored: the key itself verifies', async (_, x5c) => {
  const stack = await startStack();
  await stack.act('publish_keys', { x5c });
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
  const forged = signInOverridden(stack, { key: 'impostor' });
  await expectRefusal(forged, 'sign_in_token_invalid', /signature verification failed/);
});

it('the certificate of a key is dropped', () => {
  const key = { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', kid: '1' };
  const chain = { x5c: [certificate], x5t: 'x', 'x5t#S256': 'x', x5u: 'https://evil.example' };
  expect(keySetSchema.parse({ keys: [{ ...key, ...chain }] })).toEqual([key]);
});
