import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { isDropError } from '#domain/errors.ts';
import type { HttpEnvironment } from './environment.ts';
import { refuseForeignOrigins } from './origin.ts';

const own = 'https://pay.example';

async function statusOf(method: string, headers: Record<string, string>): Promise<number> {
  const app = new Hono<HttpEnvironment>();
  app.use(refuseForeignOrigins(`${own}/`));
  app.all('/', (c) => c.body(null, 204));
  app.onError((error, c) => c.body(null, isDropError(error, 'forbidden_origin') ? 403 : 500));
  return (await app.request('/', { method, headers })).status;
}

test.each([
  ['POST', { origin: 'https://evil.example' }],
  ['POST', { origin: 'http://pay.example' }],
  ['POST', { origin: 'https://pay.example:8443' }],
  ['POST', { origin: 'https://pay.example.evil.example' }],
  ['POST', { origin: 'null' }],
  ['DELETE', { 'sec-fetch-site': 'cross-site' }],
  ['PUT', { 'sec-fetch-site': 'same-site' }],
  ['POST', { origin: own, 'sec-fetch-site': 'cross-site' }],
  ['GET', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' }],
  ['GET', { 'sec-fetch-site': 'same-site', 'sec-fetch-dest': 'iframe' }],
  ['GET', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document', 'sec-purpose': 'prefetch' }],
])('%s with %j is refused', async (method, headers) => {
  expect(await statusOf(method, headers)).toBe(403);
});

test.each([
  ['POST', { origin: own, 'sec-fetch-site': 'same-origin' }],
  ['POST', {}],
  ['GET', { 'sec-fetch-site': 'cross-site' }],
  ['GET', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' }],
  ['GET', { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'empty' }],
  ['HEAD', { origin: 'https://evil.example' }],
])('%s with %j passes', async (method, headers) => {
  expect(await statusOf(method, headers)).toBe(204);
});
