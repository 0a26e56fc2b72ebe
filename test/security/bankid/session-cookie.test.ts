import { describe, expect, test } from 'vitest';
import { pairOf, startMockDrop } from './mock-drop.ts';

const browser = { accept: 'text/html' };

/** A cookie's attributes, sorted. */
function attributesOf(cookie: string | undefined): string[] {
  return (cookie ?? '').split('; ').slice(1).toSorted();
}

describe('over https', () => {
  const environment = { BASE_URL: 'https://getdrop.example' };
  const always = ['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure'];

  test('the sign-in cookie is for this host, unreadable to scripts, and expires in ten minutes', async () => {
    const drop = await startMockDrop(environment);
    const { cookies } = await drop.get('/api/auth/bankid');
    expect(cookies).toEqual([expect.stringMatching(/^__Host-drop-sign-in=[\w-]{43};/)]);
    expect(attributesOf(cookies[0])).toEqual([...always, 'Max-Age=600'].toSorted());
  });

  test('the session cookie is for this host, unreadable to scripts, and expires in twelve hours', async () => {
    const drop = await startMockDrop(environment);
    const { cookies } = await drop.signIn();
    expect(cookies).toEqual([expect.stringMatching(/^__Host-drop-session=[\w-]{43};/)]);
    expect(attributesOf(cookies[0])).toEqual([...always, 'Max-Age=43200'].toSorted());
  });

  test('signing out removes the same cookie', async () => {
    const drop = await startMockDrop(environment);
    const { cookies } = await drop.signIn();
    const ended = await drop.post('/api/auth/logout', { cookie: pairOf(cookies[0] ?? '') });
    expect(ended.cookies).toEqual([expect.stringMatching(/^__Host-drop-session=;/)]);
    expect(attributesOf(ended.cookies[0])).toEqual([...always, 'Max-Age=0'].toSorted());
  });

  test('a cookie without the prefix, which a neighbouring site can set, is ignored', async () => {
    const drop = await startMockDrop(environment);
    const { cookies } = await drop.signIn();
    const cookie = pairOf(cookies[0] ?? '');
    expect((await drop.get('/api/me', { cookie })).status).toBe(200);
    expect((await drop.get('/api/me', { cookie: cookie.replace('__Host-', '') })).status).toBe(401);
  });
});

test('over plain http, which only the sandbox uses, cookies have neither the prefix nor Secure', async () => {
  const drop = await startMockDrop();
  const { cookies } = await drop.signIn();
  expect(cookies).toEqual([expect.stringMatching(/^drop-session=/)]);
  expect(attributesOf(cookies[0])).toEqual(['HttpOnly', 'Max-Age=43200', 'Path=/', 'SameSite=Lax']);
});

test('a session planted before the sign-in is replaced by it', async () => {
  const drop = await startMockDrop();
  const planted = `drop-session=${'p'.repeat(43)}`;
  const [after = ''] = (await drop.signIn(planted)).cookies;
  expect(pairOf(after)).not.toBe(planted);
  expect((await drop.get('/api/me', { cookie: planted })).status).toBe(401);
  expect((await drop.get('/api/me', { cookie: pairOf(after) })).status).toBe(200);
});

test('each sign-in creates a new session and ends the previous one in that browser', async () => {
  const drop = await startMockDrop();
  const before = pairOf((await drop.signIn()).cookies[0] ?? '');
  const after = pairOf((await drop.signIn(before)).cookies[0] ?? '');
  expect(after).not.toBe(before);
  expect((await drop.get('/api/me', { cookie: before })).status).toBe(401);
  expect((await drop.get('/api/me', { cookie: after })).status).toBe(200);
});

test('a session in another browser is kept', async () => {
  const drop = await startMockDrop();
  const elsewhere = pairOf((await drop.signIn()).cookies[0] ?? '');
  await drop.signIn();
  expect((await drop.get('/api/me', { cookie: elsewhere })).status).toBe(200);
});

test('a failed sign-in sets no cookie and keeps the existing session', async () => {
  const drop = await startMockDrop();
  const cookie = pairOf((await drop.signIn()).cookies[0] ?? '');
  const failed = await drop.get('/api/auth/bankid/callback?code=x&state=y', { cookie });
  expect(failed).toMatchObject({ status: 400, cookies: [] });
  expect((await drop.get('/api/me', { cookie })).status).toBe(200);
});

test.each([
  ['no state', 'code=x'],
  ['two states', 'code=x&state=a&state=b'],
  ['an unknown state', 'code=x&state=a'],
  ['two codes', 'code=x&code=y&state=a'],
  ['more than 4 kB', `code=${'x'.repeat(4_097)}&state=a`],
])('%s is 400 over HTTP, with a page for browsers and a problem for other clients', async (_case, query) => {
  const drop = await startMockDrop();
  const cookie = `drop-sign-in=${'b'.repeat(43)}`;
  const problem = await drop.get(`/api/auth/bankid/callback?${query}`, { cookie });
  expect(problem.status).toBe(400);
  expect(problem.headers).toMatchObject({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  });
  expect(JSON.parse(problem.body)).toMatchObject({ code: 'sign_in_state_mismatch', status: 400 });
  const page = await drop.get(`/api/auth/bankid/callback?${query}`, { cookie, ...browser });
  expect(page).toMatchObject({
    status: 400,
    body: expect.stringContaining('"code":"sign_in_state_mismatch"') as unknown,
  });
  expect(page.headers['cache-control']).toBe('no-store');
});

test('two codes and more than 4 kB are 400 even with the state of this browser', async () => {
  const drop = await startMockDrop();
  for (const more of ['&code=y', `&iss=${'x'.repeat(4_097)}`, '&iss=https%3A%2F%2Fevil.example']) {
    const started = await drop.get('/api/auth/bankid');
    const { pathname, search } = new URL(String(started.headers['location']));
    const cookie = started.cookies.map(pairOf).join('; ');
    expect((await drop.get(`${pathname}${search}${more}`, { cookie })).status).toBe(400);
  }
});

test('the callback refuses POST, because only response_mode=query is requested', async () => {
  const drop = await startMockDrop();
  const answer = await drop.post('/api/auth/bankid/callback?code=x&state=y');
  expect(answer.status).toBe(404);
  expect(answer.cookies).toEqual([]);
});

test('a second state in the callback does not consume the sign-in', async () => {
  const drop = await startMockDrop();
  const started = await drop.get('/api/auth/bankid');
  const { pathname, search } = new URL(String(started.headers['location']));
  const cookie = started.cookies.map(pairOf).join('; ');
  expect((await drop.get(`${pathname}${search}&state=y`, { cookie })).status).toBe(400);
  expect((await drop.get(`${pathname}${search}`, { cookie })).status).toBe(302);
});

test.each(['', 'x', 'x'.repeat(42), 'x'.repeat(44), 'x'.repeat(4_000), `${'x'.repeat(42)}%00`])(
  'an invalid token in the sign-in cookie is replaced (%#)',
  async (value) => {
    const drop = await startMockDrop();
    const { status, cookies } = await drop.get('/api/auth/bankid', { cookie: `drop-sign-in=${value}` });
    expect(status).toBe(302);
    expect(cookies).toEqual([expect.stringMatching(/^drop-sign-in=[\w-]{43};/)]);
    expect(pairOf(cookies[0] ?? '')).not.toBe(`drop-sign-in=${value}`);
  },
);

test('browsers and proxies cache neither the redirect to BankID nor the callback', async () => {
  const drop = await startMockDrop();
  const started = await drop.get('/api/auth/bankid');
  const signedIn = await drop.signIn();
  for (const { status, headers } of [started, signedIn])
    expect([status, headers['cache-control']]).toEqual([302, 'no-store']);
});
