import { describe, expect, test } from 'vitest';
import { webhookBytesMax } from '#inbox/receive.ts';
import type { WebhookSource } from '#inbox/webhook-source.ts';
import { approval, deliveryOf } from '../security/sumsub/deliveries.ts';
import { httpStand, signed, waysIn, type HttpStandOptions, type WayIn } from './http-stand.ts';
import { sourceOf } from './inbox.ts';

describe.each(waysIn)('through %s', (wayIn) => {
  const stand = (options?: HttpStandOptions) => httpStand(wayIn, options);

  test('a webhook that is rightly signed is stored and acknowledged', async () => {
    const { send, rows } = await stand();
    expect(await send(signed(approval))).toMatchObject({ status: 200, body: { receipt: 'stored' } });
    expect(await rows()).toMatchObject([{ status: 'received' }]);
  });

  test('a wrong signature is 401, counted, and nothing is stored', async () => {
    const { send, rows, refused, accepted } = await stand();
    const answer = await send(deliveryOf(JSON.stringify(approval), { key: 'somebody-else' }));
    expect(answer).toMatchObject({ status: 401, body: { code: 'webhook_signature_invalid' } });
    expect(await refused('webhook_signature_invalid')).toBe(1);
    expect(accepted).toEqual([]);
    expect(await rows()).toEqual([]);
  });

  test('a digest of an algorithm that is not on the list is 401 and counted, however right', async () => {
    const { send, rows, refused } = await stand();
    const answer = await send(deliveryOf(JSON.stringify(approval), { hash: 'sha1' }));
    expect(answer.status).toBe(401);
    expect(await refused('webhook_signature_invalid')).toBe(1);
    expect(await rows()).toEqual([]);
  });

  test('a body that says it is too large is 413 and counted, before it is read', async () => {
    const { send, rows, refused } = await stand();
    const answer = await send(deliveryOf(Buffer.alloc(webhookBytesMax + 1)));
    expect(answer).toMatchObject({ status: 413, body: { code: 'payload_too_large' } });
    expect(await refused('payload_too_large')).toBe(1);
    expect(await rows()).toEqual([]);
  });

  test.each([
    ['not JSON', 'GREEN'],
    ['JSON that is no event', '[]'],
    ['empty', ''],
  ])('a signed body that is %s is 400, counted, and nothing is stored', async (_case, body) => {
    const { send, rows, refused } = await stand();
    expect(await send(deliveryOf(body))).toMatchObject({ status: 400, body: { code: 'webhook_malformed' } });
    expect(await refused('webhook_malformed')).toBe(1);
    expect(await rows()).toEqual([]);
  });

  test('what the database cannot hold is 400, and what comes with it is stored', async () => {
    const { send, rows } = await stand();
    const poison = send(signed({ ...approval, applicantId: 'a\u0000b' }));
    const sound = send(signed(approval));
    expect((await poison).status).toBe(400);
    expect((await sound).status).toBe(200);
    expect(await rows()).toHaveLength(1);
  });

  test('an event of a type that Drop does not know is stored and acknowledged', async () => {
    const { send, rows } = await stand();
    expect(await send(signed({ ...approval, type: 'applicantTeleported' }))).toMatchObject({ status: 200 });
    expect(await rows()).toHaveLength(1);
  });

  test('with the database down it is 503 with Retry-After, and counted', async () => {
    const { send, refused } = await stand({ databaseUrl: 'postgres://nobody@127.0.0.1:1/nothing' });
    const answer = await send(signed(approval));
    expect(answer).toMatchObject({ status: 503, body: { code: 'database_unavailable' } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused('database_unavailable')).toBe(1);
  });

  test('a repetition is acknowledged for ever and stored once', async () => {
    const { send, rows, accepted } = await stand();
    await send(signed(approval));
    for (let times = 0; times < 3; times += 1)
      expect(await send(signed(approval))).toMatchObject({ status: 200, body: { receipt: 'duplicate' } });
    expect(await rows()).toHaveLength(1);
    expect(accepted).toEqual(['sumsub', 'sumsub', 'sumsub', 'sumsub']);
  });

  test('during the rotation of the secret both are good, and after it only the new one', async () => {
    const events = [signed(approval), deliveryOf(JSON.stringify(approval), { key: 'new-secret' })] as const;
    const during = await stand({ secrets: ['new-secret', 'demo-webhook-secret'] });
    for (const event of events) expect((await during.send(event)).status).toBe(200);
    const after = await stand({ secrets: ['new-secret'] });
    expect((await after.send(events[0])).status).toBe(401);
    expect((await after.send(events[1])).status).toBe(200);
  });

  test('a provider that sends no webhooks here is 404', async () => {
    const here = await stand();
    const url = here.url.replace('/kyc/webhook', '/openbanking/webhook/unheard-of');
    expect((await here.fetch(new Request(url, { method: 'POST' }))).status).toBe(404);
  });

  test('a webhook of Sumsub is 404 among those of open banking, however rightly signed', async () => {
    const here = await stand();
    const url = here.url.replace('/kyc/webhook', '/openbanking/webhook/sumsub');
    const { rawBody, headers } = signed(approval);
    const request = new Request(url, { method: 'POST', headers, body: Buffer.from(rawBody) });
    expect((await here.fetch(request)).status).toBe(404);
    expect(await here.rows()).toEqual([]);
  });

  test('a request of another method is no webhook', async () => {
    const here = await stand();
    for (const method of ['GET', 'PUT'])
      expect((await here.fetch(new Request(here.url, { method }))).status).toBe(404);
    expect(await here.rows()).toEqual([]);
  });

  test('a webhook is judged by its signature, whatever its content type, origin and size up to the limit', async () => {
    const { send, rows } = await stand();
    const text = 'x'.repeat(webhookBytesMax - 1_000);
    const { rawBody, headers } = signed({ ...approval, text });
    headers.set('content-type', 'text/plain');
    headers.set('origin', 'https://elsewhere.example');
    expect(await send({ rawBody, headers })).toMatchObject({ status: 200 });
    expect(await rows()).toHaveLength(1);
  });

  test('verification is told the method, and the path with its query', async () => {
    const seen: unknown[] = [];
    const source: WebhookSource = {
      ...sourceOf({ provider: 'other' }),
      verify({ method, path, rawBody }) {
        seen.push({ method, path, text: Buffer.from(rawBody).toString() });
        return { kind: 'signature_invalid', reason: 'for the test' };
      },
    };
    const here = await stand({ sources: [source] });
    const url = here.url.replace('/kyc/webhook', '/openbanking/webhook/other?attempt=2');
    const answer = await here.fetch(new Request(url, { method: 'POST', body: 'hello' }));
    expect(answer.status).toBe(401);
    expect(seen).toEqual([
      { method: 'POST', path: '/api/openbanking/webhook/other?attempt=2', text: 'hello' },
    ]);
  });
});

const deliveries = {
  'a sound webhook': () => signed(approval),
  'a wrong signature': () => deliveryOf(JSON.stringify(approval), { key: 'another-secret' }),
  'a body that is no event': () => deliveryOf('[]'),
  'a body that is too large': () => deliveryOf(Buffer.alloc(webhookBytesMax + 1)),
};

/** What a sender sees, less what a server adds to every answer. */
async function answerTo(wayIn: WayIn, delivery: keyof typeof deliveries): Promise<unknown> {
  const { send } = await httpStand(wayIn);
  const { rawBody, headers } = deliveries[delivery]();
  headers.set('x-request-id', 'the-same-request');
  headers.set('accept-language', 'en');
  const { status, body, headers: answered } = await send({ rawBody, headers });
  const ofServer = ['connection', 'content-length', 'date', 'keep-alive'];
  return { status, body, headers: [...answered].filter(([name]) => !ofServer.includes(name)) };
}

test.each(Object.keys(deliveries) as (keyof typeof deliveries)[])(
  '%s gets the same answer through either way in',
  async (delivery) => {
    const [listener, app] = await Promise.all(waysIn.map((wayIn) => answerTo(wayIn, delivery)));
    expect(app).toEqual(listener);
    expect(app).toMatchObject({ headers: expect.arrayContaining([['x-request-id', 'the-same-request']]) });
  },
);
