import { expect, test } from 'vitest';
import { createApp } from '#http/app.ts';
import type { AnsweredRequest } from '#http/log-requests.ts';
import { createMetrics } from '#process/metrics/metrics.ts';
import { testContext } from '../support/context.ts';
import { dependenciesOf } from '../support/http-app.ts';

/** What is measured of requests to the app, and the app. */
async function measuredApp() {
  const answered: AnsweredRequest[] = [];
  const metrics = createMetrics({ outbounds: () => [], droppedCalls: () => 0 });
  const app = createApp({
    ...dependenciesOf(await testContext()),
    onAnswered(request) {
      answered.push(request);
      metrics.observeRequest(request);
    },
  });
  const series = async (): Promise<string[]> =>
    (await metrics.text())
      .split('\n')
      .filter((line) => line.startsWith('http_server_request_duration_seconds_count'));
  return { app, answered, series };
}

test('a request is measured by its method, the pattern of its route, and the class of its status', async () => {
  const { app, series } = await measuredApp();
  await app.request('/api/payments/0198c6f2-0000-7000-8000-000000000000');
  await app.request('/api/payments/0198c6f2-0000-7000-8000-000000000001');
  await app.request('/api/health');
  await app.request('/api/auth/bankid', { redirect: 'manual' });
  const name = 'http_server_request_duration_seconds_count';
  const line = (method: string, route: string, rest: string): string =>
    `${name}{http_request_method="${method}",http_route="${route}",status_class=${rest}`;
  expect(await series()).toEqual([
    line('GET', '/api/payments/:id', '"4xx"} 2'),
    line('GET', '/api/health', '"2xx"} 1'),
    line('GET', '/api/auth/bankid', '"3xx"} 1'),
  ]);
});

test('addresses and methods that a caller makes up are one series each', async () => {
  const { app, answered, series } = await measuredApp();
  for (const path of ['/api/nothing', '/api/a/b/c', '/wp-admin.php', '/.well-known/x', '/metrics'])
    await app.request(path);
  for (const method of ['BREW', 'PROPFIND']) await app.request('/api/me', { method });
  expect(new Set(answered.map(({ route }) => route))).toEqual(new Set(['unknown']));
  expect(await series()).toHaveLength(2);
  expect((await series()).join('\n')).toContain('http_request_method="_OTHER"');
});

test('a screen of the web app is measured as a page, whichever payment it shows', async () => {
  const { app, answered } = await measuredApp();
  const headers = { accept: 'text/html' };
  for (const path of ['/', '/payments/1', '/payments/2', '/no-such-screen'])
    await app.request(path, { headers });
  expect(answered.map(({ route }) => route)).toEqual(['page', 'page', 'page', 'unknown']);
});
