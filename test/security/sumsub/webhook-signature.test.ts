import { expect, test } from 'vitest';
import { Secret } from '#domain/secret.ts';
import { approval, deliveryOf, secret, signedApproval, webhooksWith } from './deliveries.ts';

const { webhooks } = webhooksWith();

test('a correctly signed webhook is accepted', async () => {
  expect(await webhooks.verify(signedApproval())).toMatchObject({
    kind: 'accepted',
    subject: approval.applicantId,
    eventType: 'applicantReviewed',
  });
});

test('SHA-512 is accepted when it is allowed', async () => {
  expect(await webhooks.verify(signedApproval({ hash: 'sha512' }))).toMatchObject({ kind: 'accepted' });
});

test('a digest in upper case is accepted', async () => {
  const delivery = signedApproval({ digest: (digest) => digest.toUpperCase() });
  expect(await webhooks.verify(delivery)).toMatchObject({ kind: 'accepted' });
});

test('a digest under another key is refused', async () => {
  const delivery = signedApproval({ key: 'somebody-else' });
  expect(await webhooks.verify(delivery)).toMatchObject({ kind: 'signature_invalid' });
});

test('a digest under an empty key is refused', async () => {
  expect(await webhooks.verify(signedApproval({ key: '' }))).toMatchObject({ kind: 'signature_invalid' });
});

test('a digest with one digit changed is refused', async () => {
  const delivery = signedApproval({
    digest: (digest) => `${digest.slice(0, -1)}${digest.endsWith('0') ? '1' : '0'}`,
  });
  expect(await webhooks.verify(delivery)).toMatchObject({ kind: 'signature_invalid' });
});

test('a truncated digest is refused and does not throw', async () => {
  const delivery = signedApproval({ digest: (digest) => digest.slice(0, 32) });
  expect(await webhooks.verify(delivery)).toMatchObject({ kind: 'signature_invalid' });
});

test('a digest with something after it is refused', async () => {
  const delivery = signedApproval({ digest: (digest) => `${digest}00` });
  expect(await webhooks.verify(delivery)).toMatchObject({ kind: 'signature_invalid' });
});

test('an oversized digest is refused', async () => {
  const delivery = signedApproval({ digest: (digest) => digest.repeat(1_000) });
  expect(await webhooks.verify(delivery)).toMatchObject({ kind: 'signature_invalid' });
});

test('a digest that is not hexadecimal is refused', async () => {
  const delivery = signedApproval({ digest: (digest) => `zz${digest.slice(2)}` });
  expect(await webhooks.verify(delivery)).toMatchObject({ kind: 'signature_invalid' });
});

test('two digests in one header, one of them right, are refused', async () => {
  const delivery = signedApproval();
  delivery.headers.append('x-payload-digest', '0'.repeat(64));
  expect(await webhooks.verify(delivery)).toMatchObject({ kind: 'signature_invalid' });
});

test('a webhook without a digest is refused', async () => {
  const delivery = signedApproval();
  delivery.headers.delete('x-payload-digest');
  expect(await webhooks.verify(delivery)).toMatchObject({ kind: 'signature_invalid' });
});

test('a webhook that does not name its algorithm is refused', async () => {
  const delivery = signedApproval();
  delivery.headers.delete('x-payload-digest-alg');
  expect(await webhooks.verify(delivery)).toMatchObject({ kind: 'signature_invalid' });
});

test('SHA-1 is refused even with a correct digest', async () => {
  expect(await webhooks.verify(signedApproval({ hash: 'sha1' }))).toMatchObject({
    kind: 'signature_invalid',
  });
});

test('SHA-1 is accepted only when it is allowed', async () => {
  const { webhooks: legacy } = webhooksWith({ webhookAlgorithms: ['HMAC_SHA1_HEX'] });
  expect(await legacy.verify(signedApproval({ hash: 'sha1' }))).toMatchObject({ kind: 'accepted' });
});

test('an algorithm that does not exist is refused', async () => {
  const delivery = signedApproval({ algorithm: 'none' });
  expect(await webhooks.verify(delivery)).toMatchObject({ kind: 'signature_invalid' });
});

test('a digest of one algorithm under the name of another is refused', async () => {
  const delivery = signedApproval({ hash: 'sha256', algorithm: 'HMAC_SHA512_HEX' });
  expect(await webhooks.verify(delivery)).toMatchObject({ kind: 'signature_invalid' });
});

test('the second of two secrets is accepted', async () => {
  const secrets = [new Secret('new-secret'), new Secret(secret)];
  const { webhooks: rotating } = webhooksWith({ webhookSecrets: secrets });
  expect(await rotating.verify(signedApproval())).toMatchObject({ kind: 'accepted' });
  expect(await rotating.verify(signedApproval({ key: 'new-secret' }))).toMatchObject({ kind: 'accepted' });
});

test('a rotated-out secret is refused', async () => {
  const { webhooks: rotated } = webhooksWith({ webhookSecrets: [new Secret('new-secret')] });
  expect(await rotated.verify(signedApproval())).toMatchObject({ kind: 'signature_invalid' });
});

test('a body that was parsed and serialised again is refused', async () => {
  const sent = JSON.stringify(approval, null, 2);
  const delivery = { ...deliveryOf(sent), rawBody: new TextEncoder().encode(JSON.stringify(approval)) };
  expect(await webhooks.verify(deliveryOf(sent))).toMatchObject({ kind: 'accepted' });
  expect(await webhooks.verify(delivery)).toMatchObject({ kind: 'signature_invalid' });
});

test('a body with another answer under the old digest is refused', async () => {
  const red = JSON.stringify({ ...approval, reviewResult: { reviewAnswer: 'RED' } });
  const green = new TextEncoder().encode(red.replace('RED', 'GREEN'));
  expect(await webhooks.verify({ ...deliveryOf(red), rawBody: green })).toMatchObject({
    kind: 'signature_invalid',
  });
});

test('without a secret no client is created', () => {
  expect(() => webhooksWith({ webhookSecrets: [] })).toThrow('missing or empty');
});

test('with an empty secret no client is created, because anyone could sign with it', () => {
  expect(() => webhooksWith({ webhookSecrets: [new Secret(secret), new Secret('')] })).toThrow(
    'missing or empty',
  );
});
