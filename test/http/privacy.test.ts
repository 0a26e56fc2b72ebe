import { expect, test } from 'vitest';
import type { DataCopy } from '#http/contract/privacy.ts';
import { makeDataCopy } from '#usecases/privacy/copy/make-copy.ts';
import { testContext } from '../support/context.ts';
import { signedIn, testApp } from '../support/http-app.ts';

const origin = 'http://localhost:3000';

async function stand() {
  const context = await testContext();
  const app = testApp(context);
  const { headers, user } = await signedIn(context);
  const ask = (method: string, path: string, body?: object) =>
    app.request(path, {
      method,
      headers: { ...headers, origin, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  const copy = async (): Promise<DataCopy> => (await (await ask('GET', '/api/data-copy')).json()) as DataCopy;
  return {
    context,
    app,
    user,
    ask,
    copy,
    async make() {
      const rows = await context.store.database.selectFrom('data_copies').select('id').execute();
      for (const { id } of rows) await makeDataCopy(context, { copyId: id });
    },
  };
}

test('a copy is asked for, made, and downloaded by an address of the file storage', async () => {
  const { app, ask, copy, make } = await stand();
  expect(await copy()).toEqual({ status: 'none', askedAt: null, expiresAt: null, bytes: null });
  expect((await ask('POST', '/api/data-copy')).status).toBe(202);
  expect(await copy()).toMatchObject({ status: 'making', bytes: null });
  await make();
  expect(await copy()).toMatchObject({ status: 'ready', bytes: expect.any(Number) });
  const answer = await ask('GET', '/api/data-copy/download');
  expect(answer.status).toBe(302);
  expect(answer.headers.get('cache-control')).toContain('no-store');
  const { pathname, search } = new URL(answer.headers.get('location') ?? '');
  const file = await app.request(pathname + search);
  expect(file.headers.get('content-type')).toBe('application/zip');
  expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="drop-[\d-]+\.zip"$/);
});

test('a copy is downloaded with a session only, and by its own customer', async () => {
  const { context, app, ask, make } = await stand();
  await ask('POST', '/api/data-copy');
  await make();
  expect((await app.request('/api/data-copy/download')).status).toBe(401);
  const stranger = await signedIn(context);
  const answer = await app.request('/api/data-copy/download', { headers: stranger.headers });
  expect(answer.status).toBe(404);
});

test('a copy that is not ready cannot be downloaded', async () => {
  const { ask } = await stand();
  await ask('POST', '/api/data-copy');
  expect((await ask('GET', '/api/data-copy/download')).status).toBe(404);
});

test('an account is closed with the typed word, and signed out everywhere', async () => {
  const { context, app, ask, user } = await stand();
  const elsewhere = await signedIn(context, user);
  const answer = await ask('POST', '/api/account-closure', { confirmation: 'Avslutt' });
  expect(answer.status).toBe(204);
  expect(answer.headers.get('set-cookie')).toMatch(/drop-session=;/);
  expect((await ask('GET', '/api/me')).status).toBe(401);
  expect((await app.request('/api/me', { headers: elsewhere.headers })).status).toBe(401);
});

test.each([[{}], [{ confirmation: 'yes' }], [{ confirmation: 'close', more: 1 }]])(
  'an account is not closed by %j',
  async (body) => {
    const { ask } = await stand();
    expect((await ask('POST', '/api/account-closure', body)).status).toBe(400);
    expect((await ask('GET', '/api/me')).status).toBe(200);
  },
);

test('another website cannot close an account', async () => {
  const { context, app } = await stand();
  const { headers } = await signedIn(context);
  const answer = await app.request('/api/account-closure', {
    method: 'POST',
    headers: { ...headers, origin: 'https://evil.example', 'content-type': 'application/json' },
    body: JSON.stringify({ confirmation: 'close' }),
  });
  expect(answer.status).toBe(403);
});

test('a session that was opened while the account was closed opens nothing', async () => {
  const { context, app, ask, user } = await stand();
  await ask('POST', '/api/account-closure', { confirmation: 'CLOSE' });
  const late = await signedIn(context, user);
  expect((await app.request('/api/me', { headers: late.headers })).status).toBe(401);
});
