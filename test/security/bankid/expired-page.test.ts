import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { problemTexts } from '#http/problem-texts.ts';
import { LiveDrop, type Answer } from './live-drop.ts';
import { choose } from './stack.ts';

const error = { error: 'temporarily_unavailable', error_description: 'authentication_expired' };
const page = { accept: 'text/html' };

/** The callback parameters of a tab whose page has expired at the issuer. */
async function expire(browser: LiveDrop, returnTo = '/pay'): Promise<URLSearchParams> {
  await browser.stack.act('bankid', 'bend_next_callback', { without: ['code'], set: error });
  return browser.begin('kari', returnTo);
}

/** Advances time beyond the lifetime of the sign-in and its cookie. */
async function leaveLying(browser: LiveDrop): Promise<void> {
  await browser.stack.store.pool.query(`update sign_in_transactions set expires_at = now()`);
}

function ledTo({ status, headers }: Answer): string {
  expect(status).toBe(302);
  expect(headers['cache-control']).toBe('no-store');
  return String(headers['location']);
}

test.each(['text/html', '*/*'])(
  'an expired page at BankID restarts the sign-in, which leads to the original target (Accept: %s)',
  async (accept) => {
    const browser = await LiveDrop.start();
    browser.setCookie('drop-locale', 'en');
    const start = ledTo(await browser.finish(await expire(browser, '/payments/7?tab=2'), { accept }));
    expect(start).toBe('/api/auth/bankid?returnTo=%2Fpayments%2F7%3Ftab%3D2');
    expect(browser.calls('/token')).toBe(0);
    const authorizeUrl = ledTo(await browser.get(start, { accept }));
    expect(
      browser.stack.exchanges.findLast(({ url }) => url.pathname.endsWith('/par/request'))?.requestBody,
    ).toMatch(/ui_locales=en/);
    const callback = await choose(authorizeUrl, 'kari');
    expect(ledTo(await browser.finish(callback, { accept }))).toBe('/payments/7?tab=2');
    expect((await browser.get('/api/me')).status).toBe(200);
  },
);

test('a client that asks for JSON gets a separate code for an expired page', async () => {
  const browser = await LiveDrop.start();
  const told = await browser.finish(await expire(browser), {
    accept: 'application/json',
    'accept-language': 'en',
  });
  expect(told.status).toBe(409);
  expect(told.headers['set-cookie']).toBeUndefined();
  expect(JSON.parse(told.body)).toMatchObject({
    code: 'sign_in_expired',
    status: 409,
    message: problemTexts.sign_in_expired.en,
  });
});

test('an issuer whose pages are always expired restarts a sign-in three times at most', async () => {
  const browser = await LiveDrop.start();
  const attempt = async (): Promise<Answer> => browser.finish(await expire(browser), page);
  for (let renewals = 0; renewals < 3; renewals += 1)
    expect(ledTo(await attempt())).toBe('/api/auth/bankid?returnTo=%2Fpay');
  for (let told = 0; told < 2; told += 1) {
    const answer = await attempt();
    expect(answer.status).toBe(409);
    expect(answer.body).toContain('"code":"sign_in_expired"');
    expect(answer.body).toContain(problemTexts.sign_in_expired.nb);
  }
  expect((await browser.finish(await browser.begin(), page)).status).toBe(302);
  expect(ledTo(await attempt())).toBe('/api/auth/bankid?returnTo=%2Fpay');
});

test.each(['x', '-1', '99', '1e9', ''])('an invalid count in the cookie is ignored: %j', async (value) => {
  const browser = await LiveDrop.start();
  browser.setCookie('drop-sign-in-renewals', value);
  expect((await browser.finish(await expire(browser), page)).headers['set-cookie']).toMatch(
    /^drop-sign-in-renewals=1; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/,
  );
});

test('the same tab that comes back again restarts the sign-in again', async () => {
  const browser = await LiveDrop.start();
  const callback = await expire(browser);
  for (let round = 0; round < 2; round += 1)
    expect(ledTo(await browser.finish(callback, page))).toBe('/api/auth/bankid?returnTo=%2Fpay');
});

test('a tab whose sign-in and cookie have expired restarts at the front page', async () => {
  const browser = await LiveDrop.start();
  const callback = await expire(browser, '/payments/7');
  await leaveLying(browser);
  expect(ledTo(await browser.finish(callback, page))).toBe('/api/auth/bankid?returnTo=%2Fpayments%2F7');
  // Drop cannot distinguish this browser from an attacker's that knows the state, so it must not disclose the target
  // page.
  const stranger = browser.another();
  expect(ledTo(await stranger.finish(callback, page))).toBe('/api/auth/bankid?returnTo=%2F');
  await stranger.begin('ola');
  expect(ledTo(await stranger.finish(callback, page))).toBe('/api/auth/bankid?returnTo=%2F');
});

test('an old tab whose callback has a code is refused', async () => {
  const browser = await LiveDrop.start();
  const callback = await browser.begin();
  await leaveLying(browser);
  for (const [name, value] of Object.entries(error)) callback.set(name, value);
  expect((await browser.finish(callback, page)).status).toBe(400);
  expect(browser.calls('/token')).toBe(0);
});

test('a customer who cancels late, or twice, is redirected like any other', async () => {
  const browser = await LiveDrop.start();
  const late = await browser.begin('avbryter');
  await leaveLying(browser);
  const twice = await browser.begin('avbryter');
  for (const callback of [late, twice, twice])
    expect((await browser.finish(callback, page)).headers['location']).toBe('/sign-in?outcome=cancelled');
});

test('a callback for the sign-in of another browser, or for none, does not restart a sign-in', async () => {
  const browser = await LiveDrop.start();
  const callback = await expire(browser);
  expect((await browser.another().finish(callback, page)).status).toBe(400);
  for (const state of ['', 'another', randomBytes(32).toString('base64url')])
    expect((await browser.finish(new URLSearchParams({ ...error, state }), page)).status).toBe(400);
  expect((await browser.finish(new URLSearchParams(error), page)).status).toBe(400);
  expect(ledTo(await browser.finish(callback, page))).toBe('/api/auth/bankid?returnTo=%2Fpay');
});

test('an answer of another issuer does not restart the sign-in', async () => {
  const browser = await LiveDrop.start();
  const callback = await expire(browser);
  callback.set('iss', 'https://auth.bankid.example');
  expect((await browser.finish(callback, page)).status).toBe(400);
});

test('a signed-in customer keeps the session when an old tab restarts, or is redirected if it is too old', async () => {
  const browser = await LiveDrop.start();
  const [old, older] = [await expire(browser), await expire(browser, '/devices')];
  await browser.stack.store.pool.query(
    `update sign_in_transactions set expires_at = now() where return_to = '/devices'`,
  );
  await browser.finish(await browser.begin());
  const me = (await browser.get('/api/me')).body;
  expect(ledTo(await browser.finish(old, page))).toBe('/api/auth/bankid?returnTo=%2Fpay');
  expect(ledTo(await browser.finish(older, page))).toBe('/devices');
  expect((await browser.get('/api/me')).body).toBe(me);
});

test('the app is told that the page expired', async () => {
  const { stack } = await LiveDrop.start();
  const started = await fetch(`${stack.appOrigin}/api/auth/bankid/mobile`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ appChallenge: 'a'.repeat(43) }),
  });
  const { authorizeUrl, state } = (await started.json()) as { authorizeUrl: string; state: string };
  await stack.act('bankid', 'bend_next_callback', { without: ['code'], set: error });
  const callback = await choose(authorizeUrl, 'kari');
  const back = await new LiveDrop(stack).get(`/api/auth/bankid/mobile/return?${callback.toString()}`);
  expect([back.status, back.headers['location']]).toEqual([
    303,
    `drop://auth/callback?error=expired&state=${state}`,
  ]);
});
