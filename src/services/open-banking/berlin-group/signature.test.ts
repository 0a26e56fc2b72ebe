import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Secret } from '#domain/secret.ts';
import { bankProfiles, type SignedHeader } from './bank-profiles.ts';
import { fixture } from './fixture.ts';
import { readSeal } from './seal.ts';
import { digestOf, signatureHeaders } from './signature.ts';

/** From the draft itself, or computed by OpenSSL: none of them by this code. */
const vectors = z
  .object({
    privateKey: z.string(),
    digests: z.array(z.object({ body: z.string(), digest: z.string() })),
    signatures: z.array(
      z.object({
        name: z.string(),
        list: z.array(z.string()),
        headers: z.record(z.string(), z.string()),
        signedHeaders: z.string(),
        signature: z.string(),
      }),
    ),
    seal: z.object({
      clientId: z.string(),
      certificate: z.string(),
      privateKey: z.string(),
      keyId: z.string(),
      der: z.string(),
    }),
  })
  .parse(fixture('signature-vectors'));

const privateKey = createPrivateKey(vectors.privateKey);

test.each(vectors.digests)('the digest of $body', ({ body, digest }) => {
  expect(digestOf(body)).toBe(digest);
});

test.each(vectors.signatures)('the signature over $name', ({ list, headers, signedHeaders, signature }) => {
  const seal = { privateKey, keyId: 'Test', certificate: 'der' };
  expect(signatureHeaders(headers, list as SignedHeader[], seal)).toEqual({
    signature: `keyId="Test",algorithm="rsa-sha256",headers="${signedHeaders}",signature="${signature}"`,
    'tpp-signature-certificate': 'der',
  });
});

test.each([
  ['dnb', 'the standard list'],
  ['sbanken', 'the standard list'],
  ['sparebank1', 'the list of SpareBank 1'],
  ['handelsbanken', 'the list of Handelsbanken'],
])('%s has %s', (id, name) => {
  const profile = bankProfiles.find((each) => each.id === id);
  expect(profile?.signedHeaders).toEqual(vectors.signatures.find((each) => each.name === name)?.list);
});

describe('the seal', () => {
  const { seal } = vectors;
  const given = {
    certificate: seal.certificate,
    privateKey: new Secret(seal.privateKey),
    clientId: seal.clientId,
  };

  test('names its certificate by serial number and issuer, and shows it in DER', () => {
    expect(readSeal(given)).toMatchObject({ keyId: seal.keyId, certificate: seal.der });
  });

  test('is read from an environment in which line breaks have become two characters', () => {
    const privateKey = new Secret(seal.privateKey.replaceAll('\n', '\\n'));
    expect(readSeal({ ...given, privateKey })).toMatchObject({ keyId: seal.keyId });
  });

  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const pem = (key: typeof other): Secret =>
    new Secret(key.export({ type: 'pkcs8', format: 'pem' }).toString());

  test.each([
    ['without a certificate', { certificate: '' }, 'must be a certificate in PEM'],
    ['with a key that is none', { privateKey: new Secret('demo') }, 'must be an RSA private key'],
    ['with a key that is not RSA', { privateKey: pem(curve) }, 'must be an RSA private key'],
    ['with the key of another certificate', { privateKey: pem(other) }, 'must be the key of'],
    ['of another organisation', { clientId: 'PSDNO-FSA-987654321' }, 'must be the organizationIdentifier'],
  ])('%s is refused before any call, and its key is not quoted', (_case, changed, problem) => {
    const read = (): unknown => readSeal({ ...given, ...changed });
    expect(read).toThrow(expect.objectContaining({ code: 'configuration_invalid' }));
    expect(read).toThrow(problem);
    expect(read).not.toThrow(/BEGIN|demo/);
  });
});
