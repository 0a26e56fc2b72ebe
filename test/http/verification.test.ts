import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig, type Config } from '#configuration/config.ts';
import { createApp } from '#http/app.ts';
import { createChangeFeed } from '#http/change-feed.ts';
import { createWebShell } from '#http/web-shell.ts';
import { insertSession } from '#store/sessions.ts';
import { customer, testContext } from '../support/context.ts';

/** Drop's HTTP app with an empty page as the web app. */
async function start(change: Partial<Config> = {}) {
  const context = await testContext();
  const directory = await mkdtemp(join(tmpdir(), 'drop-web-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await writeFile(join(directory, 'index.html'), '<!doctype html><title>Drop</title>');
  const mock = loadConfig({ NEXT_PUBLIC_SERVICE_MODE: 'mock', DROP_ENVIRONMENT: 'sandbox' });
  const app = createApp({
    context,
    changeFeed: createChangeFeed(),
    config: { ...mock, ...change },
    webhookSources: [],
    health: async () => ({ status: 'ok', ready: true, version: '0', components: {}, lastDone: {} }),
    webShell: createWebShell(directory),
    onServerError: () => undefined,
    onWebhookAccepted: () => undefined,
    onWebhookRefused: () => undefined,
  });
  const signedIn = async () => {
    const user = await customer(context, 'none');
    const token = randomUUID();
    const at = context.clock.now();
    const expiresAt = new Date(at.getTime() + 3_600_000);
    const session = { id: randomUUID(), token, userId: user.id, userAgent: undefined, at, expiresAt };
    await insertSession(context.store.database, session);
    return (path: string) => app.request(path, { headers: { cookie: `drop-session=${token}` } });
  };
  return { app, context, signedIn };
}

const live = { NEXT_PUBLIC_SERVICE_MODE: 'production' } as const;

test.each(['/', '/pay', '/verify/x', '/api/app'])('%s allows nothing of Sumsub', async (path) => {
  const { headers } = await (await start(live)).app.request(path);
  expect(headers.get('content-security-policy')).toContain("script-src 'self';");
  expect(headers.get('content-security-policy')).toContain("frame-src 'none'");
  expect(headers.get('permissions-policy')).toContain('camera=()');
});

test.each(['/verify', '/verify/'])('%s allows Sumsub’s script and frame, and the camera', async (path) => {
  const { headers } = await (await start(live)).app.request(path);
  const policy = headers.get('content-security-policy');
  expect(policy).toContain("script-src 'self' https://static.sumsub.com;");
  expect(policy).toContain('frame-src https://in.sumsub.com;');
  expect(headers.get('permissions-policy')).toContain('camera=(self "https://in.sumsub.com")');
});

test('in mock mode no page allows anything of Sumsub', async () => {
  const { headers } = await (await start()).app.request('/verify');
  expect(headers.get('content-security-policy')).toContain("script-src 'self';");
});

test('the number of tokens per minute is limited for each customer separately', async () => {
  const { signedIn, context } = await start();
  const [kari, ola] = [await signedIn(), await signedIn()];
  const statuses: number[] = [];
  for (let token = 0; token < 11; token += 1) statuses.push((await kari('/api/kyc/initiate')).status);
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
  const refused = await kari('/api/kyc/initiate');
  expect(await refused.json()).toMatchObject({ code: 'rate_limited', retryAfterSeconds: 6 });
  expect((await ola('/api/kyc/initiate')).status).toBe(200);
  context.clock.advance(6_000);
  // By now the mock may have approved the customer.
  expect((await kari('/api/kyc/initiate')).status).not.toBe(429);
});

test('a token is never cached', async () => {
  const { signedIn } = await start();
  const answer = await (await signedIn())('/api/kyc/initiate');
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test('the support contact is returned when it is configured', async () => {
  const contact = { SUPPORT_CONTACT: 'hjelp@drop.example' };
  const [set, unset] = [await start(contact), await start()];
  expect(await (await set.app.request('/api/app')).json()).toMatchObject({
    supportContact: 'hjelp@drop.example',
  });
  expect(await (await unset.app.request('/api/app')).json()).toMatchObject({ supportContact: null });
});

test('the operator is returned when it is configured, and null without it', async () => {
  const [set, unset] = [
    await start({
      OPERATOR_NAME: 'Foretaket AS',
      OPERATOR_ORGANISATION_NUMBER: '000000000',
      OPERATOR_ADDRESS: 'Gata 1, 0150 Oslo',
      OPERATOR_LICENCE: 'FT00000000',
    }),
    await start(),
  ];
  const operator = {
    name: 'Foretaket AS',
    organisationNumber: '000000000',
    address: 'Gata 1, 0150 Oslo',
    licence: 'FT00000000',
  };
  expect(await (await set.app.request('/api/app')).json()).toMatchObject({ operator });
  expect(await (await unset.app.request('/api/app')).json()).toMatchObject({ operator: null });
});
