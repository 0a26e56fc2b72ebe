import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { HttpApp } from '#http/app.ts';
import { testContext } from '../support/context.ts';
import { signedIn, testApp } from '../support/http-app.ts';

const publicPaths = ['/api/docs', '/api/docs.css', '/api/openapi.json'];

/** Every route of the API, each path with made-up ids. */
function routesOf(app: HttpApp): { method: string; path: string }[] {
  const declared = app.routes.filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'));
  const unique = new Map(declared.map((route) => [`${route.method} ${route.path}`, route]));
  return [...unique.values()].map(({ method, path }) => ({
    method,
    path: path.replace(/:\w+/g, randomUUID()),
  }));
}

/** Which routes let their answer be stored, and what they said. */
async function storable(app: HttpApp, session = async () => ({})): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const { method, path } of routesOf(app)) {
    const body = method === 'GET' ? {} : { body: '{}' };
    const headers = { 'content-type': 'application/json', ...(await session()) };
    const response = await app.request(path, { method, headers, ...body });
    const said = response.headers.get('cache-control');
    if (said !== 'no-store') found.push(path);
    await response.body?.cancel();
  }
  return found.sort();
}

test('no answer of the API to a customer may be stored, but those that are the same for everybody', async () => {
  const context = await testContext();
  const app = testApp(context);
  // Some routes end the session.
  const session = async () => (await signedIn(context)).headers;
  expect(routesOf(app).length).toBeGreaterThan(25);
  expect((await app.request('/api/me', { headers: await session() })).status).toBe(200);
  expect(await storable(app, session)).toEqual(publicPaths);
});

test('no answer of the API without a session may be stored', async () => {
  const app = testApp(await testContext());
  expect(await storable(app)).toEqual(publicPaths);
});

test('no page that shows a problem may be stored', async () => {
  const app = testApp(await testContext());
  for (const path of [
    '/api/auth/bankid/callback?code=x',
    '/api/openbanking/callback?state=x',
    '/api/unheard-of',
  ]) {
    const { headers } = await app.request(path, { headers: { accept: 'text/html' } });
    expect([path, headers.get('cache-control')]).toEqual([path, 'no-store']);
  }
});

const strict = 'strict-transport-security';

test('over https browsers keep to https for a year', async () => {
  const app = testApp(await testContext(), undefined, { baseUrl: 'https://drop.example' });
  const { headers } = await app.request('/api/health');
  expect(headers.get(strict)).toBe('max-age=31536000; includeSubDomains');
});

test('over http nothing is said about https', async () => {
  const app = testApp(await testContext(), undefined, { baseUrl: 'http://localhost:3000' });
  expect((await app.request('/api/health')).headers.has(strict)).toBe(false);
});
