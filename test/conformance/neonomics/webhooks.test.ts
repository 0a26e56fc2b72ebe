import { afterEach, beforeEach, expect, test } from 'vitest';
import { Secret } from '#domain/secret.ts';
import { fixture } from '#services/open-banking/neonomics/fixture.ts';
import { createWebhookSource } from '#services/open-banking/neonomics/webhooks.ts';
import { capability } from '../open-banking-subjects.ts';
import { NeonomicsWorld } from './world.ts';

let world: NeonomicsWorld;
beforeEach(async () => {
  world = await NeonomicsWorld.start();
});
afterEach(() => world.close());

const source = (...keys: string[]) =>
  createWebhookSource({ keys: keys.map((key) => new Secret(key)), hinted: () => undefined });
const delivery = (body: string, headers: Record<string, string>) => ({
  method: 'POST',
  path: '/api/openbanking/webhook/neonomics',
  rawBody: Buffer.from(body),
  headers: { get: (name: string) => headers[name] ?? null },
});
const documented = JSON.stringify(fixture('webhook'));

test('a webhook with the key is a hint, of which nothing but the reference is kept', () => {
  const verdict = source('key').verify(delivery(documented, { 'api-key': 'key' }));
  expect(verdict).toMatchObject({ kind: 'accepted', subject: 'p-1', eventType: 'payment.COMPLETED' });
  const { kept } = verdict as { kept?: Uint8Array };
  expect(Buffer.from(capability(kept)).toString()).toBe('{"referenceId":"p-1"}');
});

test.each([
  ['another key', ['key'], { 'api-key': 'kez' }],
  ['a key that only begins like it', ['key'], { 'api-key': 'ke' }],
  ['both keys of a rotation in one', ['key', 'old'], { 'api-key': 'key,old' }],
  ['no key', ['key'], {}],
  ['a key where none is configured', [], { 'api-key': '' }],
] as const)('a webhook with %s is refused', (_what, keys, headers) => {
  expect(source(...keys).verify(delivery(documented, headers))).toMatchObject({ kind: 'signature_invalid' });
});

test('during a rotation a webhook with either key is a hint', () => {
  for (const key of ['new', 'old'])
    expect(source('new', 'old').verify(delivery(documented, { 'api-key': key }))).toMatchObject({
      kind: 'accepted',
    });
});

test.each(['', '[]', '{"referenceId":7}', '{"referenceId":"../banks"}'])(
  'a webhook that names no payment (%s) is malformed',
  (body) => {
    expect(source('key').verify(delivery(body, { 'api-key': 'key' }))).toMatchObject({ kind: 'malformed' });
  },
);

test('a made-up webhook under the right key settles nothing: the payment is read', async () => {
  const { key } = await world.initiate('SpareBank 1');
  const body = JSON.stringify({ ...(fixture('webhook') as object), referenceId: key.reference });
  const apiKey = world.stack.environment['OPENBANKING_WEBHOOK_SECRET'] ?? '';
  const webhooks = capability(world.stack.provider.webhooks);
  expect(await webhooks.verify(delivery(body, { 'api-key': apiKey }))).toMatchObject({ kind: 'accepted' });
  expect(await world.pis.readPayment(key)).toMatchObject({ status: 'awaiting_authorisation' });
});
