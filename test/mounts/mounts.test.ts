import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Journey } from '#cli/journey.ts';
import { webhookBytesMax } from '#inbox/receive.ts';
import { createTestDatabase } from '../support/test-server.ts';
import { root } from '../tidy/tree.ts';
import { startEmulatedWorld, type EmulatedWorld } from './emulated.ts';
import { startHost, type RunningHost } from './host.ts';

/** Set by `npm run example:nextjs`: the host that it has started, which then is the only one. */
const elsewhere = process.env['MOUNTED_AT'];
const hosts = elsewhere === undefined ? ['node-http', 'hono'] : ['nextjs'];

/** For a machine that does much else. */
const healthyMsMax = 60_000;

let world: EmulatedWorld;
let database: { url: string; drop(): Promise<void> };

describe.each(hosts)('Drop mounted in examples/%s', (name) => {
  let origin: string;
  let host: RunningHost | undefined;

  beforeAll(async () => {
    origin = elsewhere ?? (await startExample());
  });
  afterAll(async () => {
    if (!host) return;
    await host.stop();
    await world.stop();
    await database.drop();
  });

  async function healthOf(): Promise<number> {
    return (await fetch(`${origin}/api/health`)).status;
  }

  async function startExample(): Promise<string> {
    world = await startEmulatedWorld();
    database = await createTestDatabase(inject('postgresUrl'));
    host = await startHost({
      command: [`examples/${name}.ts`],
      directory: root,
      environment: { ...world.environment, DATABASE_URL: database.url },
      ready: /Drop is at/,
    });
    return world.origin;
  }

  const codeOf = async (response: Response): Promise<unknown> =>
    ((await response.json()) as { code: unknown }).code;

  test('the health is ok when the host serves', async () => {
    await expect.poll(healthOf, { timeout: healthyMsMax }).toBe(200);
  });

  test('a customer signs in, is verified, links a bank, and pays until the webhook settles it', async () => {
    // Neither the customer nor the bank of the browser's journey, whose readings are counted.
    const journey = new Journey(origin, ['ola', 'Kari Testnes']);
    await journey.checkHealth();
    await journey.signIn();
    await journey.verify();
    await journey.linkBank('Nordea');
    await journey.readBalance();
    await journey.pay();
    await journey.approve();
    await journey.awaitSettlement();
    await journey.findNotification();
    await journey.signOut();
    await journey.close();
  });

  test('the host has routes of its own', async () => {
    expect(await (await fetch(`${origin}/own`)).text()).toBe('the host answers');
  });

  test('a webhook with a wrong signature is refused', async () => {
    const headers = { 'x-payload-digest': 'f00d', 'x-payload-digest-alg': 'HMAC_SHA256_HEX' };
    const response = await fetch(`${origin}/api/kyc/webhook`, { method: 'POST', headers, body: '{}' });
    expect([response.status, await codeOf(response)]).toEqual([401, 'webhook_signature_invalid']);
  });

  test('a webhook that is too large is refused', async () => {
    const body = 'x'.repeat(webhookBytesMax + 1);
    const response = await fetch(`${origin}/api/kyc/webhook`, { method: 'POST', body });
    expect(response.status).toBe(413);
  });

  test('a request from another origin is refused', async () => {
    const headers = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' };
    const response = await fetch(`${origin}/api/auth/logout`, { method: 'POST', headers });
    expect([response.status, await codeOf(response)]).toEqual([403, 'forbidden_origin']);
  });

  test('a path with a slash too many is no other path', async () => {
    const response = await fetch(`${origin}/api/health/`, { redirect: 'manual' });
    expect([response.status, await codeOf(response)]).toEqual([404, 'not_found']);
  });

  test('HEAD is refused as by Drop itself', async () => {
    const response = await fetch(`${origin}/api/me`, { method: 'HEAD' });
    expect(response.status).toBe(405);
  });

  test('a request without a session gets the problem, the headers and the id that Drop gives it', async () => {
    const headers = { 'x-request-id': 'a-request-of-a-test' };
    const response = await fetch(`${origin}/api/me`, { headers });
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-request-id')).toBe('a-request-of-a-test');
    expect(await codeOf(response)).toBe('not_signed_in');
  });

  test.runIf(elsewhere === undefined)('the host ends with Drop when it is told to', async () => {
    expect(await host?.stop()).toBe(0);
  });
});
