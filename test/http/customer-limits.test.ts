import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import {
  customerActions,
  customerReadings,
  openStreamsMax,
  readingsPerMinute,
  type CustomerAction,
} from '#http/customer-actions.ts';
import { testContext } from '../support/context.ts';
import { signedIn, testApp } from '../support/http-app.ts';

interface OpenApiDocument {
  paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
}

async function stand() {
  const context = await testContext();
  const app = testApp(context);
  const ofCustomer = async () => {
    const { headers } = await signedIn(context);
    return async ({ method, path }: Pick<CustomerAction, 'method' | 'path'>, more = {}) => {
      const response = await app.request(path.replace(':id', randomUUID()), {
        method,
        headers: { ...headers, ...more },
      });
      // A stream of changes would never end.
      if (response.ok) await response.body?.cancel();
      return response;
    };
  };
  return { context, app, ofCustomer };
}

/** Sends so many requests, while no time passes; returns how many were refused as too many. */
async function refusedOf(send: () => Promise<Response>, count: number): Promise<number> {
  let refused = 0;
  for (let request = 0; request < count; request += 1) if ((await send()).status === 429) refused += 1;
  return refused;
}

describe.each(customerActions)('$method $path', (action) => {
  const { perMinute } = action;

  test('is refused to a customer beyond its limit, with the time to wait', async () => {
    const ask = await (await stand()).ofCustomer();
    expect(await refusedOf(() => ask(action), perMinute + 5)).toBe(5);
    const refused = await ask(action, { accept: 'application/json', 'accept-language': 'en' });
    const retryAfterSeconds = Math.ceil(60 / perMinute);
    expect(refused.headers.get('retry-after')).toBe(`${retryAfterSeconds}`);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(await refused.json()).toMatchObject({
      code: 'rate_limited',
      message: 'There have been too many attempts in a short time. Wait a while, then try again.',
      retryAfterSeconds,
    });
  });

  test('is not refused to another customer, nor to this one after the wait', async () => {
    const { ofCustomer, context } = await stand();
    const [ask, other] = [await ofCustomer(), await ofCustomer()];
    await refusedOf(() => ask(action), perMinute + 1);
    expect((await other(action)).status).not.toBe(429);
    context.clock.advance(60_000 / perMinute);
    expect((await ask(action)).status).not.toBe(429);
  });
});

test('a person who is not signed in is told so, however often they ask', async () => {
  const { app } = await stand();
  const send = async () => app.request('/api/banks');
  const statuses = await Promise.all(Array.from({ length: 80 }, send));
  expect(new Set(statuses.map(({ status }) => status))).toEqual(new Set([401]));
});

describe('a payment that is sent again under its key', () => {
  const payment = { method: 'POST', path: '/api/payments' } as const;

  test('does not count as another payment', async () => {
    const ask = await (await stand()).ofCustomer();
    const again = { 'idempotency-key': randomUUID() };
    expect(await refusedOf(() => ask(payment, again), 31)).toBe(0);
    const others = () => ask(payment, { 'idempotency-key': randomUUID() });
    expect(await refusedOf(others, 30)).toBe(1);
    expect((await ask(payment, again)).status).not.toBe(429);
  });

  test('is refused beyond twice the limit', async () => {
    const ask = await (await stand()).ofCustomer();
    const again = { 'idempotency-key': randomUUID() };
    expect(await refusedOf(() => ask(payment, again), 71)).toBe(10);
  });
});

/** Requests that change something and need no limit, and why. */
const unlimited = {
  'POST /api/auth/bankid/mobile': 'has a limit by address',
  'POST /api/auth/bankid/mobile/callback': 'has no customer yet, and needs a sign-in or a ticket',
  'POST /api/auth/logout': 'must always be possible',
  'POST /api/auth/logout-everywhere': 'ends the session that it needs',
  'DELETE /api/devices/{id}': 'ends a session of the customer, of which there are as many as sign-ins',
};

test('every request that changes something has a limit or a reason to have none', async () => {
  const { app } = await stand();
  const { paths } = (await (await app.request('/api/openapi.json')).json()) as OpenApiDocument;
  const changing = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => method !== 'get')
      .map((method) => `${method.toUpperCase()} ${path}`),
  );
  const limited = customerActions.map(({ method, path }) => `${method} ${path.replace(':id', '{id}')}`);
  expect(changing.filter((request) => !limited.includes(request)).toSorted()).toEqual(
    Object.keys(unlimited).toSorted(),
  );
});

describe('what only reads', () => {
  const reading = (path: string) => ({ method: 'GET', path }) as const;

  test('counts together, and is refused to a customer beyond the limit', async () => {
    const ask = await (await stand()).ofCustomer();
    const next = ((): (() => Promise<Response>) => {
      let sent = 0;
      return () => ask(reading(customerReadings[(sent += 1) % customerReadings.length] ?? ''));
    })();
    expect(await refusedOf(next, readingsPerMinute + 3)).toBe(3);
    for (const path of customerReadings) expect((await ask(reading(path))).status).toBe(429);
  });

  test('leaves what a customer does as it is', async () => {
    const ask = await (await stand()).ofCustomer();
    await refusedOf(() => ask(reading('/api/settings')), readingsPerMinute + 1);
    expect((await ask({ method: 'POST', path: '/api/payments' })).status).not.toBe(429);
    expect((await ask({ method: 'POST', path: '/api/auth/logout' })).status).toBe(204);
  });
});

/** Requests that read and need no limit of the customer, and why. */
const unlimitedReadings = {
  'GET /api/app': 'reads no row',
  'GET /api/auth/bankid': 'has a limit by address',
  'GET /api/auth/bankid/callback': 'needs a sign-in that was begun',
  'GET /api/auth/bankid/mobile/return': 'needs a sign-in that was begun',
  'GET /api/health': 'is asked by monitors, and reads no row of a customer',
};

test('every request that reads has a limit or a reason to have none', async () => {
  const { app } = await stand();
  const { paths } = (await (await app.request('/api/openapi.json')).json()) as OpenApiDocument;
  const reading = Object.entries(paths).flatMap(([path, { get }]) => (get ? [`GET ${path}`] : []));
  const own = customerActions.filter(({ method }) => method === 'GET').map(({ path }) => path);
  const limited = [...own, ...customerReadings].map((path) => `GET ${path.replace(':id', '{id}')}`);
  expect(reading.filter((request) => !limited.includes(request)).toSorted()).toEqual(
    Object.keys(unlimitedReadings).toSorted(),
  );
});

test('the OpenAPI document names 429 for every request with a limit', async () => {
  const { app } = await stand();
  const { paths } = (await (await app.request('/api/openapi.json')).json()) as OpenApiDocument;
  // The document does not describe the stream.
  const described = customerActions.filter(({ path }) => path !== '/api/events');
  const readings = customerReadings.map((path) => ({ method: 'GET', path }));
  for (const { method, path } of [...described, ...readings]) {
    const route = paths[path.replace(':id', '{id}')]?.[method.toLowerCase()];
    expect({ path, statuses: Object.keys(route?.responses ?? {}) }).toEqual({
      path,
      statuses: expect.arrayContaining(['429']) as unknown,
    });
  }
});

test('docs/limits.md has the number of every limit, and no other', async () => {
  const document = await readFile('docs/limits.md', 'utf8');
  const rows = [...document.matchAll(/^\| `((?:GET|POST|PUT|DELETE) [^`]+)` +\| (\d+) /gm)];
  const described = rows.map(([, request, number]) => `${request}: ${number}`);
  expect(described).toEqual(
    customerActions.map(({ method, path, perMinute }) => `${method} ${path}: ${perMinute}`),
  );
  expect(document).toContain(`at most ${openStreamsMax} streams`);
  expect(document).toContain(`together: ${readingsPerMinute} in a minute`);
});
