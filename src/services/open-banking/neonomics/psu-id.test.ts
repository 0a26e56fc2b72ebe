import { expect, test } from 'vitest';
import { z } from 'zod';
import { Secret } from '#domain/secret.ts';
import { fixture } from './fixture.ts';
import { encryptPsuId, newPsuNonce, readPsuKey } from './psu-id.ts';

const keysetSchema = z.looseObject({ key: z.array(z.looseObject({})) });
const vector = z.object({
  name: z.string(),
  keyset: keysetSchema,
  number: z.string(),
  nonce: z.string(),
  psuId: z.string(),
});
const { vectors } = z.object({ vectors: z.array(vector).min(3) }).parse(fixture('psu-id'));

test.each(vectors)('encrypts like other means: $name', ({ keyset, number, nonce, psuId }) => {
  const key = readPsuKey(JSON.stringify(keyset));
  if (key === undefined) throw new RangeError('the keyset is read');
  expect(encryptPsuId(new Secret(number), key, Buffer.from(nonce, 'hex'))).toBe(psuId);
});

const keysetWith = (change: Record<string, unknown>): string => {
  const { keyset } = vectors[0] ?? { keyset: { key: [] } };
  return JSON.stringify({ ...keyset, key: keyset.key.map((key) => ({ ...key, ...change })) });
};

test('reads the keyset as it is', () => {
  expect(readPsuKey(keysetWith({}))).toBeDefined();
});

test.each([
  ['that is not JSON', 'rawValue'],
  ['whose primary key is missing', keysetWith({ keyId: 7 })],
  ['whose key is disabled', keysetWith({ status: 'DISABLED' })],
  ['with a prefix of another type', keysetWith({ outputPrefixType: 'CRUNCHY' })],
  [
    'of another algorithm',
    keysetWith({ keyData: { typeUrl: 'type.googleapis.com/google.crypto.tink.AesSivKey', value: 'GhAA' } }),
  ],
  [
    'whose key is too short',
    keysetWith({
      keyData: { typeUrl: 'type.googleapis.com/google.crypto.tink.AesGcmKey', value: 'GggAAQID' },
    }),
  ],
])('reads no key from a file %s', (_fault, file) => {
  expect(readPsuKey(file)).toBeUndefined();
});

test('refuses a nonce that has not twelve bytes', () => {
  const key = { key: Buffer.alloc(16), prefix: Buffer.alloc(0) };
  expect(() => encryptPsuId(new Secret('13878099999'), key, Buffer.alloc(11))).toThrow(
    'a nonce has twelve bytes',
  );
});

test('takes a nonce of twelve bytes from a token', () => {
  expect(newPsuNonce(Buffer.alloc(32, 7).toString('base64url'))).toEqual(Buffer.alloc(12, 7));
});
