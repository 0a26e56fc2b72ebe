import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documented } from './documented.ts';
import { EnableBankingWorld } from './world.ts';

/** No test changes what the emulator remembers. */
let world: EnableBankingWorld;
beforeAll(async () => {
  world = await EnableBankingWorld.start();
});
afterAll(() => world.close());

interface Token {
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
  encode?: (part: object) => string;
  key?: KeyObject;
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

function tokenOf({ header = {}, claims = {}, encode = encoded, key }: Token = {}): string {
  const { environment, clock } = world.stack;
  const now = Math.floor(clock.now().getTime() / 1000);
  const ours = createPrivateKey(environment['OPENBANKING_CLIENT_SECRET'] ?? '');
  const kid = environment['OPENBANKING_CLIENT_ID'];
  const signed = [
    encode({ typ: 'JWT', alg: 'RS256', kid, ...header }),
    encode({ iss: 'enablebanking.com', aud: 'api.enablebanking.com', iat: now, exp: now + 3_600, ...claims }),
  ].join('.');
  return `${signed}.${sign('sha256', Buffer.from(signed), key ?? ours).toString('base64url')}`;
}

async function application(authorization: string) {
  return world.call('GET', '/application', { headers: { authorization } });
}

test('the id of the application is a UUID, and the token names it', async () => {
  const { status, body } = await application(`Bearer ${tokenOf()}`);
  expect(status).toBe(200);
  expect(documented('uuid').safeParse(body['kid'])).toMatchObject({ success: true });
});

test('the token of the provider’s own JavaScript sample, which keeps one = of padding, is accepted', async () => {
  const asInSample = (part: object): string =>
    Buffer.from(JSON.stringify(part)).toString('base64').replace('=', '');
  const token = tokenOf({ encode: asInSample });
  expect(token.split('.')[1]).toMatch(/[^=]=$/);
  expect((await application(`Bearer ${token}`)).status).toBe(200);
});

test('a signature over the segments without their padding is not one over those that were sent', async () => {
  const token = tokenOf().split('.');
  expect((await application(`Bearer ${token[0]}.${token[1]}=.${token[2]}`)).body).toMatchObject({
    error: 'UNAUTHORIZED_ACCESS',
    detail: 'the signature is wrong',
  });
});

const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const future = 4_000_000_000;

test.each<[string, () => string, string]>([
  ['another scheme than Bearer', () => 'Basic ZHJvcA==', 'Bearer'],
  ['no token', () => 'Bearer ', 'Bearer'],
  ['two segments', () => 'Bearer a.b', 'three base64url segments'],
  ['a header that is not JSON', () => `Bearer YQ.${tokenOf().split('.').slice(1).join('.')}`, 'header'],
  ['another typ', () => `Bearer ${tokenOf({ header: { typ: 'at+jwt' } })}`, 'typ'],
  ['another alg', () => `Bearer ${tokenOf({ header: { alg: 'none' } })}`, 'alg'],
  ['the id of no application', () => `Bearer ${tokenOf({ header: { kid: 'drop' } })}`, 'kid'],
  ['the signature of another key', () => `Bearer ${tokenOf({ key: foreign })}`, 'signature'],
  ['another iss', () => `Bearer ${tokenOf({ claims: { iss: 'drop' } })}`, 'iss'],
  ['the deprecated aud', () => `Bearer ${tokenOf({ claims: { aud: 'api.tilisy.com' } })}`, 'aud'],
  ['no iat', () => `Bearer ${tokenOf({ claims: { iat: undefined } })}`, 'iat'],
  ['an exp that is a text', () => `Bearer ${tokenOf({ claims: { exp: `${future}` } })}`, 'exp'],
  ['an iat in the future', () => `Bearer ${tokenOf({ claims: { iat: future, exp: future + 1 } })}`, 'iat'],
  ['an exp in the past', () => `Bearer ${tokenOf({ claims: { iat: 1, exp: 2 } })}`, 'expired'],
  ['a time to live above a day', () => `Bearer ${tokenOf({ claims: { exp: future } })}`, '86400'],
])('a token with %s is refused with the reason', async (_what, authorization, reason) => {
  const { status, body } = await application(authorization());
  expect(documented('ErrorResponse').safeParse(body)).toMatchObject({ success: true });
  expect({ status, ...body }).toMatchObject({
    status: 401,
    code: 401,
    error: 'UNAUTHORIZED_ACCESS',
    detail: expect.stringContaining(reason),
  });
});
