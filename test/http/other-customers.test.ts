import { expect, test } from 'vitest';
import { customerHeader } from '#http/refuse-other-customers.ts';
import { signedIn, testApp } from '../support/http-app.ts';
import { testContext } from '../support/context.ts';

const draft = {
  accountId: '',
  accountNumber: '1503 20',
  name: 'Strøm',
  amount: '12 450,',
  referenceKind: 'text',
  kid: '',
  text: '',
  idempotencyKey: 'of-the-first-customer',
};

/** A browser in which `first` was signed in, and where `second` has signed in since. */
async function stand() {
  const context = await testContext();
  const app = testApp(context);
  const [first, second] = [await signedIn(context), await signedIn(context)];
  /** With the second customer's cookie, from a page that shows the data of the customer `shown`. */
  const send = (method: string, path: string, { shown = first.user.id, body = {} } = {}) =>
    app.request(path, {
      method,
      headers: { ...second.headers, [customerHeader]: shown, 'content-type': 'application/json' },
      ...(method !== 'GET' && { body: JSON.stringify(body) }),
    });
  return { app, context, first, second, send };
}

type Paths = Record<string, Record<string, unknown>>;

test('no route answers the page of one customer with the session of another', async () => {
  const { app, send } = await stand();
  const { paths } = (await (await app.request('/api/openapi.json')).json()) as { paths: Paths };
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => [method.toUpperCase(), path.replaceAll(/\{\w+\}/g, 'x')] as const),
  );
  expect(routes.length).toBeGreaterThan(50);
  for (const [method, path] of [...routes, ['GET', '/api/events'] as const]) {
    const answer = await send(method, path);
    const told = { method, path, status: answer.status, body: await answer.text() };
    const body = expect.stringContaining('"code":"not_signed_in"') as unknown;
    expect(told).toEqual({ method, path, status: 401, body });
  }
});

test('what a page of one customer sends is not kept for another who has signed in since', async () => {
  const { app, second, send } = await stand();
  expect((await send('PUT', '/api/payment-draft', { body: draft })).status).toBe(401);
  const kept = await app.request('/api/payment-draft', { headers: second.headers });
  expect(await kept.json()).toEqual({ draft: null });
});

test('a sign-out by the page of one customer leaves the session of another', async () => {
  const { app, second, send } = await stand();
  const answer = await send('POST', '/api/auth/logout');
  expect(answer.status).toBe(401);
  expect(answer.headers.get('set-cookie')).toBeNull();
  expect((await app.request('/api/me', { headers: second.headers })).status).toBe(200);
});

test('the page of the customer whose session it is, is answered', async () => {
  const { second, send } = await stand();
  const shown = second.user.id;
  expect((await send('GET', '/api/me', { shown })).status).toBe(200);
  expect((await send('PUT', '/api/payment-draft', { shown, body: draft })).status).toBe(204);
});

test('a page that names its customer is answered without a session as any other', async () => {
  const { app, first } = await stand();
  const headers = { [customerHeader]: first.user.id };
  expect((await app.request('/api/app', { headers })).status).toBe(200);
  expect((await app.request('/api/me', { headers })).status).toBe(401);
});
