import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { DropError } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import type { BankIdOptions } from '#services/bankid/options.ts';
import { newClientKey, pemOf } from './client-key.ts';
import { startStack } from './stack.ts';

const weakRsa = generateKeyPairSync('rsa', { modulusLength: 1_024 }).privateKey;
const otherCurve = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
const edwards = generateKeyPairSync('ed25519').privateKey;
const publicKey = newClientKey().registered.publicKey.export({ type: 'spki', format: 'pem' }).toString();

it.each<[string, Partial<BankIdOptions>, RegExp]>([
  ['no key', { privateKey: undefined }, /private key must be PEM/],
  ['no key id', { privateKeyId: undefined }, /id of the private key is missing/],
  ['an invalid key', { privateKey: new Secret('hunter2') }, /must be PEM/],
  ['a public key', { privateKey: new Secret(publicKey) }, /must be PEM/],
  ['RSA of 1024 bits', { privateKey: new Secret(pemOf(weakRsa)) }, /must be of P-256, or RSA/],
  ['a key of P-384', { privateKey: new Secret(pemOf(otherCurve)) }, /must be of P-256, or RSA/],
  ['an Ed25519 key', { privateKey: new Secret(pemOf(edwards)) }, /must be of P-256, or RSA/],
  [
    'no secret for a method that needs one',
    { clientAuthentication: 'client_secret_post' },
    /client secret is missing/,
  ],
])('refuses at creation to work with %s', async (_, wrong, reason) => {
  const stack = await startStack();
  let error: unknown;
  try {
    stack.client({ ...newClientKey().options, ...wrong });
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(DropError);
  expect(error).toMatchObject({ code: 'configuration_invalid', message: expect.stringMatching(reason) });
  expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/hunter2|BEGIN/);
});
