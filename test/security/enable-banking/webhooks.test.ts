import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  applicationId,
  body,
  certificateOf,
  foreignKeys,
  hmacWith,
  openForge,
  type Forge,
} from './webhook-forge.ts';

/** Webhooks of Enable Banking that must not be believed, one test for each way to forge one. */

let forge: Forge;
beforeEach(async () => {
  forge = await openForge();
});
afterEach(() => forge.close());

const refusedFor = (reason: string | RegExp): unknown =>
  expect.objectContaining({ kind: 'signature_invalid', reason: expect.stringMatching(reason) });

test('what the provider signed is accepted', async () => {
  expect(await forge.verify()).toMatchObject({
    kind: 'accepted',
    subject: '497f6eca-6276-4993-bfeb-53cbbbba6f08',
    eventType: 'payment.ACSC',
  });
});

test('the addresses of a stranger do not displace the key that has verified a webhook', async () => {
  await forge.verify();
  for (let address = 0; address < 20; address += 1) {
    const x5u = forge.x5u.replace('webhooks', `made-up-${address}`);
    const verdict = await forge.verify({ header: { x5u }, key: foreignKeys.privateKey });
    expect(verdict).toEqual(refusedFor('signature is wrong'));
  }
  const before = forge.fetches();
  expect(await forge.verify()).toMatchObject({ kind: 'accepted' });
  expect(forge.fetches()).toBe(before);
});

test('signed with a foreign key', async () => {
  expect(await forge.verify({ key: foreignKeys.privateKey })).toEqual(refusedFor('signature is wrong'));
});

test('a token for another body', async () => {
  const digest = createHash('sha256').update('{"payment_id":"another"}').digest('base64');
  expect(await forge.verify({ claims: { msgi: `sha256-${digest}` } })).toEqual(refusedFor('another body'));
});

test('a token that vouches for no body', async () => {
  expect(await forge.verify({ claims: { msgi: undefined } })).toEqual(refusedFor('another body'));
});

test('a body that is the same but for its spaces', async () => {
  const digest = createHash('sha256').update(body).digest('base64');
  const forgery = { body: `${body}\n`, claims: { msgi: `sha256-${digest}` } };
  expect(await forge.verify(forgery)).toEqual(refusedFor('another body'));
});

test('a token for another application', async () => {
  expect(await forge.verify({ claims: { sub: 'demo-other' } })).toEqual(refusedFor('another application'));
});

test('a token for no application', async () => {
  expect(await forge.verify({ claims: { sub: undefined } })).toEqual(refusedFor('another application'));
});

test.each(['none', 'None', 'HS256', 'RS384', 'RS512', 'PS256', 'ES256'])('the algorithm %s', async (alg) => {
  const forgery = { header: { alg }, signature: hmacWith(forge.publicKey) };
  expect(await forge.verify(forgery)).toEqual(refusedFor('another algorithm'));
});

test('no signature at all', async () => {
  expect(await forge.verify({ signature: () => '' })).toEqual(refusedFor('no bearer token'));
});

test('an HMAC under the public key that calls itself RS256', async () => {
  expect(await forge.verify({ signature: hmacWith(forge.publicKey) })).toEqual(
    refusedFor('signature is wrong'),
  );
});

test('a key of the forger within the token', async () => {
  const jwk = foreignKeys.publicKey.export({ format: 'jwk' });
  expect(await forge.verify({ header: { jwk }, key: foreignKeys.privateKey })).toEqual(
    refusedFor('signature is wrong'),
  );
});

test.each([
  'https://forger.example/certs.pem',
  'https://enablebanking.com.forger.example/certs.pem',
  'https://forgerenablebanking.com/certs.pem',
  'https://enablebanking.com@forger.example/certs.pem',
  'https://forger@enablebanking.com/certs.pem',
  'https://forger.example/enablebanking.com',
  'https://forger.example#.enablebanking.com',
  'https://forger.example\\.enablebanking.com/',
  'https://enablebanking.com:8443/certs.pem',
  'http://enablebanking.com/certs.pem',
  'ftp://enablebanking.com/certs.pem',
  'file:///etc/passwd',
  'http://169.254.169.254/latest/meta-data',
  '//enablebanking.com/certs.pem',
  '',
])('a key at %j, which is not an address of the provider and is not fetched', async (x5u) => {
  const production = forge.trusting('enablebanking.com');
  expect(await production.verify({ header: { x5u } })).toEqual(refusedFor('not an address of the provider'));
});

test.each([undefined, null, 7, ['https://enablebanking.com/']])('an x5u that is %j', async (x5u) => {
  expect(await forge.verify({ header: { x5u } })).toEqual(refusedFor('not an address of the provider'));
});

test('a key on loopback over http, where the provider itself is trusted', async () => {
  const production = forge.trusting('enablebanking.com');
  expect(await production.verify()).toEqual(refusedFor('not an address of the provider'));
  expect(forge.fetches()).toBe(0);
});

test('a key on another port of loopback, where one origin is trusted', async () => {
  const sandbox = forge.trusting('http://localhost:1');
  expect(await sandbox.verify()).toEqual(refusedFor('not an address of the provider'));
  expect(forge.fetches()).toBe(0);
});

test('a token that has expired', async () => {
  const exp = forge.clock.now().getTime() / 1000 - 61;
  expect(await forge.verify({ claims: { exp } })).toEqual(refusedFor('ERR_JWT_EXPIRED'));
});

test('a token that is not valid yet', async () => {
  const nbf = forge.clock.now().getTime() / 1000 + 61;
  expect(await forge.verify({ claims: { nbf } })).toEqual(refusedFor('ERR_JWT_CLAIM_VALIDATION_FAILED'));
});

test('a token of another type', async () => {
  expect(await forge.verify({ header: { typ: 'at+jwt' } })).toEqual(
    refusedFor('ERR_JWT_CLAIM_VALIDATION_FAILED'),
  );
});

test('a critical header that nobody understands', async () => {
  expect(await forge.verify({ header: { crit: ['exotic'], exotic: 1 } })).toEqual(refusedFor('ERR_J'));
});

test.each([undefined, '', 'Basic YTpi', 'Bearer', 'Bearer x.y', 'Bearer not.a.token'])(
  'the Authorization header %j',
  async (authorization) => {
    expect(await forge.verifyHeader(authorization)).toEqual(refusedFor(''));
    expect(forge.fetches()).toBe(0);
  },
);

test('a certificate that has expired', async () => {
  forge.clock.advance(366 * 86_400_000);
  expect(await forge.verify()).toEqual(refusedFor('no valid key'));
});

test('a certificate that is none', async () => {
  forge.serve('<html>not here</html>');
  expect(await forge.verify()).toEqual(refusedFor('no valid key'));
});

test('a certificate that is not there', async () => {
  forge.serve('', 404);
  expect(await forge.verify()).toEqual(refusedFor('no valid key'));
});

test('nothing is fetched for a token that is not for this application and body', async () => {
  await forge.verify({ claims: { sub: 'demo-other' } });
  await forge.verify({ claims: { msgi: 'sha256-' } });
  expect(forge.fetches()).toBe(0);
});

test('wrong signatures do not make Drop fetch the certificate again and again', async () => {
  await forge.verify();
  for (let round = 0; round < 5; round += 1) await forge.verify({ key: foreignKeys.privateKey });
  expect(forge.fetches()).toBe(1);
});

test('a provider that changed its key behind the address is believed after one look', async () => {
  await forge.verify();
  forge.serve(certificateOf(foreignKeys, forge.clock.now()));
  forge.clock.advance(61_000);
  expect(await forge.verify({ key: foreignKeys.privateKey })).toMatchObject({ kind: 'accepted' });
});

test('a certificate that was not there is looked for again, once a minute', async () => {
  forge.serve('', 404);
  await forge.verify();
  forge.serve(forge.certificate);
  expect(await forge.verify()).toEqual(refusedFor('no valid key'));
  expect(forge.fetches()).toBe(1);
  forge.clock.advance(60_000);
  expect(await forge.verify()).toMatchObject({ kind: 'accepted' });
  expect(forge.fetches()).toBe(2);
});

test('a failed search for a newer certificate leaves the good one in use', async () => {
  await forge.verify();
  forge.clock.advance(60_000);
  forge.serve('', 503);
  const forged = { key: foreignKeys.privateKey };
  await expect(forge.verify(forged)).rejects.toMatchObject({ code: 'provider_unavailable' });
  const before = forge.fetches();
  for (let round = 0; round < 5; round += 1)
    await expect(forge.verify(forged)).rejects.toMatchObject({ code: 'provider_unavailable' });
  expect(await forge.verify()).toMatchObject({ kind: 'accepted' });
  expect(forge.fetches()).toBe(before);
  forge.clock.advance(60_000);
  forge.serve(certificateOf(foreignKeys, forge.clock.now()));
  expect(await forge.verify(forged)).toMatchObject({ kind: 'accepted' });
  expect(forge.fetches()).toBe(before + 1);
});

test('a certificate that cannot be had now leaves the verdict open, so that the webhook comes again', async () => {
  forge.serve('', 503);
  await expect(forge.verify()).rejects.toMatchObject({ code: 'provider_unavailable' });
  forge.serve(forge.certificate);
  expect(await forge.verify()).toMatchObject({ kind: 'accepted' });
});

test.each(['{}', '[]', 'not json', '{"payment_id":""}', '{"payment_id":7}'])(
  'a body that the provider signed and that names no payment: %s',
  async (content) => {
    expect(await forge.verify({ body: content })).toMatchObject({ kind: 'malformed' });
  },
);

test('one event under two tokens has one key', async () => {
  const [first, second] = [
    await forge.verify({ claims: { iat: 1 } }),
    await forge.verify({ claims: { iat: 2 } }),
  ];
  expect(first).toEqual(second);
});

test('a body that does not say what changed is told apart by its token', async () => {
  const content = JSON.stringify({ payment_id: applicationId });
  const first = await forge.verify({ body: content, claims: { iat: 1 } });
  const second = await forge.verify({ body: content, claims: { iat: 2 } });
  expect(first).toMatchObject({ kind: 'accepted', eventType: 'payment' });
  expect(second).not.toEqual(first);
});
