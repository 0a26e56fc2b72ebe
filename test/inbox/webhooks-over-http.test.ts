import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '#configuration/config.ts';
import { systemClock } from '#domain/clock.ts';
import { Secret } from '#domain/secret.ts';
import { createApp } from '#http/app.ts';
import { createChangeFeed } from '#http/change-feed.ts';
import { createWebShell } from '#http/web-shell.ts';
import { createWebhookIntake } from '#http/webhooks/intake.ts';
import { listen } from '#http/listen.ts';
import { webhookBytesMax } from '#inbox/receive.ts';
import { openStore } from '#store/database.ts';
import { createMetrics } from '#process/metrics/metrics.ts';
import { testContext } from '../support/context.ts';
import { approval, deliveryOf, webhooksWith } from '../security/sumsub/deliveries.ts';
import { inboxRows, type InboxRow } from './inbox.ts';

interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

interface Stand {
  url: string;
  send(signed: Pick<ReturnType<typeof deliveryOf>, 'rawBody' | 'headers'>): Promise<Answer>;
  rows(): Promise<InboxRow[]>;
  /** How many webhooks of Sumsub were refused for `reason`, as the metrics tell. */
  refused(reason: string): Promise<number>;
}

/** Drop's whole HTTP side on a port, with the production verification of Sumsub's webhooks. */
async function stand(options: { secrets?: string[]; databaseUrl?: string } = {}): Promise<Stand> {
  const context = await testContext();
  const { database } = context.store;
  const store = options.databaseUrl === undefined ? context.store : openStore(options.databaseUrl);
  const metrics = createMetrics({
    outbounds: () => [],
    droppedCalls: () => 0,
    unresolvedPayments: async () => [],
  });
  const secrets = options.secrets?.map((secret) => new Secret(secret));
  const { webhooks } = webhooksWith(secrets && { webhookSecrets: secrets });
  const http = {
    context: { ...context, store, clock: systemClock },
    config: loadConfig({ NEXT_PUBLIC_SERVICE_MODE: 'mock', DROP_ENVIRONMENT: 'sandbox' }),
    changeFeed: createChangeFeed(),
    webhookSources: [webhooks],
    health: async () => ({ status: 'ok', version: '0', components: {} }) as const,
    webShell: createWebShell('web/dist'),
    metrics: metrics.text,
    onServerError: () => undefined,
    onWebhookRefused: metrics.countWebhookRefusal,
  };
  const server = await listen({ host: '127.0.0.1', port: 0, clock: systemClock });
  server.handle(createApp(http).fetch, createWebhookIntake(http));
  onTestFinished(() => server.close());
  const url = `http://127.0.0.1:${server.port}/api/kyc/webhook`;
  return {
    url,
    rows: () => inboxRows(database),
    async send({ rawBody, headers }) {
      const response = await fetch(url, { method: 'POST', headers, body: Buffer.from(rawBody) });
      return { status: response.status, headers: response.headers, body: await response.json() };
    },
    async refused(reason) {
      const line = `drop_webhook_refusals_total{provider="sumsub",reason="${reason}"} `;
      const found = (await metrics.text()).split('\n').find((text) => text.startsWith(line));
      return Number(found?.slice(line.length) ?? 0);
    },
  };
}

const signed = (event: unknown): ReturnType<typeof deliveryOf> => deliveryOf(JSON.stringify(event));

test('a webhook that is rightly signed is stored and acknowledged', async () => {
  const { send, rows } = await stand();
  expect(await send(signed(approval))).toMatchObject({ status: 200, body: { receipt: 'stored' } });
  expect(await rows()).toMatchObject([{ status: 'received' }]);
});

test('a wrong signature is 401, counted, and nothing is stored', async () => {
  const { send, rows, refused } = await stand();
  const answer = await send(deliveryOf(JSON.stringify(approval), { key: 'somebody-else' }));
  expect(answer).toMatchObject({ status: 401, body: { code: 'webhook_signature_invalid' } });
  expect(await refused('webhook_signature_invalid')).toBe(1);
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

test('a body of unknown length is 413 as soon as it is too large', async () => {
  const { url, refused } = await stand();
  const sending = request(url, { method: 'POST', headers: { 'transfer-encoding': 'chunked' } });
  sending.on('error', () => undefined);
  const answered = once(sending, 'response');
  sending.write(Buffer.alloc(webhookBytesMax + 1));
  const [response] = (await answered) as [IncomingMessage];
  expect([response.statusCode, await refused('payload_too_large')]).toEqual([413, 1]);
  expect(await text(response)).toContain('payload_too_large');
  sending.destroy();
});

test('a body of unknown length that is small enough is stored as it came', async () => {
  const { url, rows } = await stand();
  const { rawBody, headers } = signed(approval);
  const sending = request(url, {
    method: 'POST',
    headers: { ...Object.fromEntries(headers), 'transfer-encoding': 'chunked' },
  });
  const answered = once(sending, 'response');
  sending.write(rawBody.subarray(0, 10));
  sending.end(rawBody.subarray(10));
  const [response] = (await answered) as [IncomingMessage];
  expect([response.statusCode, await text(response)]).toEqual([200, '{"receipt":"stored"}']);
  expect(await rows()).toHaveLength(1);
});

test('a sender that goes in the middle of its body is counted, and nothing is stored', async () => {
  const { url, rows, refused } = await stand();
  const { rawBody, headers } = signed(approval);
  const sending = request(url, {
    method: 'POST',
    headers: { ...Object.fromEntries(headers), 'content-length': rawBody.length },
  });
  sending.on('error', () => undefined);
  sending.write(rawBody.subarray(0, 10), () => sending.destroy());
  await expect.poll(() => refused('webhook_malformed')).toBe(1);
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
  const { send, rows } = await stand();
  await send(signed(approval));
  for (let times = 0; times < 3; times += 1)
    expect(await send(signed(approval))).toMatchObject({ status: 200, body: { receipt: 'duplicate' } });
  expect(await rows()).toHaveLength(1);
});

test('during the rotation of the secret both are good, and after it only the new one', async () => {
  const events = [signed(approval), deliveryOf(JSON.stringify(approval), { key: 'new-secret' })] as const;
  const during = await stand({ secrets: ['new-secret', 'demo-webhook-secret'] });
  for (const event of events) expect((await during.send(event)).status).toBe(200);
  const after = await stand({ secrets: ['new-secret'] });
  expect((await after.send(events[0])).status).toBe(401);
  expect((await after.send(events[1])).status).toBe(200);
});

test('a provider that does not send webhooks here is 404', async () => {
  const { url } = await stand();
  const response = await fetch(url.replace('/kyc/webhook', '/openbanking/webhook/nobody'), {
    method: 'POST',
  });
  expect(response.status).toBe(404);
});

test('a request whose target is a whole address, as to a proxy, is taken by its path', async () => {
  const { url, rows } = await stand();
  const { rawBody, headers } = signed(approval);
  const sending = request(url, {
    method: 'POST',
    path: 'http://getdrop.example/api/kyc/webhook?from=proxy',
    headers: { ...Object.fromEntries(headers), 'content-length': rawBody.length },
  });
  sending.end(rawBody);
  const [response] = (await once(sending, 'response')) as [IncomingMessage];
  expect([response.statusCode, await text(response)]).toEqual([200, '{"receipt":"stored"}']);
  expect(await rows()).toHaveLength(1);
});
