import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { Secret } from '#domain/secret.ts';
import { createTokenSource } from './token.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const pkcs1 = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const applicationId = 'app-1';

test('a token is made out as the provider demands', async () => {
  const clock = new ManualClock();
  const token = createTokenSource({ clock, applicationId, privateKey: new Secret(pkcs8) });
  const { protectedHeader, payload } = await jwtVerify(await token(), createPublicKey(privateKey), {
    currentDate: clock.now(),
  });
  const now = clock.now().getTime() / 1000;
  expect(protectedHeader).toEqual({ typ: 'JWT', alg: 'RS256', kid: applicationId });
  expect(payload).toEqual({
    iss: 'enablebanking.com',
    aud: 'api.enablebanking.com',
    iat: now,
    exp: now + 3_600,
  });
});

test('a token is used again until five minutes before its end', async () => {
  const clock = new ManualClock();
  const token = createTokenSource({ clock, applicationId, privateKey: new Secret(pkcs8) });
  const first = await token();
  clock.advance(54 * 60_000);
  expect(await token()).toBe(first);
  clock.advance(60_000);
  expect(await token()).not.toBe(first);
});

test.each([
  ['PKCS #1', pkcs1],
  ['written on one line', pkcs8.replaceAll('\n', '\\n')],
])('a key in PEM, %s, is read', async (_form, pem) => {
  const token = createTokenSource({
    clock: new ManualClock(),
    applicationId,
    privateKey: new Secret(pem),
  });
  await expect(token()).resolves.toMatch(/^ey/);
});

test.each([
  ['not a key', 'canary-not-a-key'],
  [
    'not RSA',
    generateKeyPairSync('ec', { namedCurve: 'P-256' })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString(),
  ],
])('a secret that is %s is refused without being shown', async (_form, pem) => {
  const token = createTokenSource({
    clock: new ManualClock(),
    applicationId,
    privateKey: new Secret(pem),
  });
  const error: unknown = await token().catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'provider_rejected_credentials', details: { outcome: 'not_sent' } });
  expect(inspect(error, { depth: 9 })).not.toContain(pem.split('\n')[1] ?? pem);
});
