import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createLocalJWKSet, SignJWT, type JSONWebKeySet } from 'jose';
import { expect, test } from 'vitest';
import { verifyIdToken } from './id-token.ts';
import { keySetSchema } from './wire.ts';

const now = new Date('2026-02-23T12:00:00Z');
const good = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const published = { ...good.publicKey.export({ format: 'jwk' }), kid: 'one' };

/** Whether a token signed by `privateKey` is accepted when `keys` are published. */
async function isTaken(keys: unknown[], privateKey: KeyObject = good.privateKey): Promise<boolean> {
  const token = new SignJWT().setProtectedHeader({ alg: 'RS256', kid: 'one' });
  const signed = await token
    .setIssuer('issuer')
    .setAudience('drop')
    .setExpirationTime(new Date(now.getTime() + 60_000))
    .sign(privateKey);
  const set = { keys: keySetSchema.parse({ keys }) as JSONWebKeySet['keys'] };
  const expected = { issuer: 'issuer', clientId: 'drop', algorithms: ['RS256'], now };
  return verifyIdToken(signed, { keyOf: createLocalJWKSet(set), ...expected }).then(
    () => true,
    (error: unknown) => {
      expect(error).toMatchObject({ code: 'sign_in_token_invalid' });
      return false;
    },
  );
}

test('an RSA key of less than 2048 bits is ignored, and a valid key with the same kid is still used', async () => {
  const modulus = published.n ?? '';
  const short = modulus.slice(0, 170);
  for (const n of [short, short.padStart(modulus.length, 'A'), `A${modulus.slice(1)}`, 'AQ', 'A']) {
    expect(await isTaken([{ ...published, n }])).toBe(false);
    expect(await isTaken([{ ...published, n }, published])).toBe(true);
  }
});

test.each([
  [['verify', 'attest'], true],
  [['verify', 'sign'], true],
  [['encrypt'], false],
  [[], false],
])('a key with key_ops %j is used only if it may verify', async (operations, isGood) => {
  expect(await isTaken([{ ...published, key_ops: operations }])).toBe(isGood);
});
