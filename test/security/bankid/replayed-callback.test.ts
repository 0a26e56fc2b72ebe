import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { LiveDrop, type Answer } from './live-drop.ts';

const accepts = ['text/html', 'application/json', '*/*'];

async function countOfSessions({ stack }: LiveDrop): Promise<number> {
  const { rows } = await stack.store.pool.query('select id from sessions');
  return rows.length;
}

/** The redirect target of an answer that opens no session. */
function ledTo({ status, headers }: Answer): unknown {
  expect(status).toBe(302);
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['set-cookie']).toBeUndefined();
  return headers['location'];
}

/** Completes a sign-in up to BankID's token endpoint, which answers on demand. */
async function finishHeld(
  browser: LiveDrop,
  callback: URLSearchParams,
): Promise<{ first: Promise<Answer>; release: () => void }> {
  const asked = Promise.withResolvers<undefined>();
  const released = Promise.withResolvers<undefined>();
  browser.stack.answerFor('bankid', ({ url }) => {
    if (!url.endsWith('/token')) return undefined;
    asked.resolve(undefined);
    return released.promise;
  });
  const first = browser.finish(callback);
  await asked.promise;
  return { first, release: () => released.resolve(undefined) };
}

test('a repeated callback redirects a signed-in customer to the same page, without a call to BankID', async () => {
  const browser = await LiveDrop.start();
  const callback = await browser.begin();
  expect((await browser.finish(callback)).status).toBe(302);
  const { cookie } = browser;
  for (const accept of accepts) expect(ledTo(await browser.finish(callback, { accept }))).toBe('/pay');
  expect(browser.cookie).toBe(cookie);
  expect(browser.calls('/token')).toBe(1);
  expect(await countOfSessions(browser)).toBe(1);
  expect((await browser.get('/api/me')).status).toBe(200);
});

test('a repeated callback without a session is 400, without a call to BankID', async () => {
  const browser = await LiveDrop.start();
  const callback = await browser.begin();
  await browser.finish(callback);
  const signIn = browser.cookie.replace(/drop-session=[^;]*/, '');
  for (const cookie of [signIn, `${signIn}; drop-session=${randomBytes(32).toString('base64url')}`])
    for (const accept of accepts) {
      const again = await browser.finish(callback, { accept, cookie });
      expect(again.status).toBe(400);
      expect(again.body).toContain('"code":"sign_in_state_mismatch"');
      expect(again.headers['set-cookie']).toBeUndefined();
    }
  expect(browser.calls('/token')).toBe(1);
  expect(await countOfSessions(browser)).toBe(1);
});

test('a repeated callback is 400 after the session has ended, for new and known customers', async () => {
  const browser = await LiveDrop.start();
  for (let signIns = 0; signIns < 2; signIns += 1) {
    const callback = await browser.begin();
    expect((await browser.finish(callback)).status).toBe(302);
    await browser.stack.store.pool.query('delete from sessions');
    expect((await browser.finish(callback)).status).toBe(400);
  }
});

test('of ten concurrent identical callbacks one opens a session, and the others get no error', async () => {
  const browser = await LiveDrop.start();
  const callback = await browser.begin();
  const { first, release } = await finishHeld(browser, callback);
  const others = await Promise.all(Array.from({ length: 9 }, () => browser.finish(callback)));
  for (const answer of others) expect(ledTo(answer)).toBe('/pay');
  release();
  const { status, headers } = await first;
  expect([status, headers['location']]).toEqual([302, '/pay']);
  expect([headers['set-cookie']].flat()[0]).toMatch(/^drop-session=/);
  expect(browser.calls('/token')).toBe(1);
  expect(await countOfSessions(browser)).toBe(1);
  expect((await browser.get('/api/me')).status).toBe(200);
});

test('a repeated callback is redirected while the first is in progress, but only in the same browser', async () => {
  const browser = await LiveDrop.start();
  const callback = await browser.begin();
  const other = browser.another();
  await other.begin();
  const { first, release } = await finishHeld(browser, callback);
  for (const accept of accepts) expect(ledTo(await browser.finish(callback, { accept }))).toBe('/pay');
  expect((await other.finish(callback)).status).toBe(400);
  expect((await browser.another().finish(callback)).status).toBe(400);
  release();
  expect((await first).headers['set-cookie']).toBeDefined();
  expect((await other.get('/api/me')).status).toBe(401);
  expect(await countOfSessions(browser)).toBe(1);
});

test.each([
  ['refused', { effect: 'status', status: 400 }, 500],
  ['lost', { effect: 'drop-after-commit' }, 503],
] as const)(
  'a callback whose code was %s is not exchanged again when it is reloaded',
  async (_, fault, status) => {
    const browser = await LiveDrop.start();
    const callback = await browser.begin();
    browser.stack.fault({ operation: 'token', times: 1, ...fault });
    expect((await browser.finish(callback)).status).toBe(status);
    expect((await browser.finish(callback)).status).toBe(400);
    expect(browser.calls('/token')).toBe(1);
  },
);

test('the callback of one browser is 400 in another, and the first still signs in', async () => {
  const browser = await LiveDrop.start();
  const callback = await browser.begin();
  const other = browser.another();
  expect((await other.finish(callback)).status).toBe(400); // without any cookie
  await other.begin();
  expect((await other.finish(callback)).status).toBe(400); // with its own cookie
  expect(browser.calls('/token')).toBe(0);
  expect((await browser.finish(callback)).status).toBe(302);
});

test('a forged callback does not change the session of the browser, and leads to the front page', async () => {
  const victim = await LiveDrop.start();
  await victim.finish(await victim.begin('kari'));
  const me = (await victim.get('/api/me')).body;
  const attacker = victim.another();
  const unused = await attacker.begin('ola', '/devices');
  const used = await attacker.begin('ola', '/devices');
  await attacker.finish(used);
  const unknown = new URLSearchParams({ code: 'x', state: randomBytes(32).toString('base64url') });
  for (const callback of [unused, used, unknown]) expect(ledTo(await victim.finish(callback))).toBe('/');
  expect((await victim.get('/api/me')).body).toBe(me);
  expect((await attacker.finish(unused)).status).toBe(302);
});

test('a late callback leads a signed-in customer to the original target', async () => {
  const browser = await LiveDrop.start();
  const late = await browser.begin('kari', '/devices');
  await browser.stack.store.pool.query(`update sign_in_transactions set expires_at = now()`);
  await browser.finish(await browser.begin());
  expect(ledTo(await browser.finish(late))).toBe('/devices');
  expect(browser.calls('/token')).toBe(1);
});

test('a callback with an invalid state, or with two states, is refused even for a signed-in customer', async () => {
  const browser = await LiveDrop.start();
  const callback = await browser.begin();
  await browser.finish(callback);
  for (const query of ['code=x', 'code=x&state=', 'code=x&state=y', `${callback.toString()}&state=y`])
    expect((await browser.finish(new URLSearchParams(query))).status).toBe(400);
});
