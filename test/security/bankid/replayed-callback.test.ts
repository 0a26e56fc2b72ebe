import { expect, test } from 'vitest';
import { LiveDrop } from './live-drop.ts';

test('a callback that comes again is 400, asks BankID nothing and leaves the session be', async () => {
  const browser = await LiveDrop.start();
  const callback = await browser.begin();
  expect((await browser.finish(callback)).status).toBe(302);
  for (const accept of ['text/html', 'application/json']) {
    const again = await browser.finish(callback, { accept });
    expect(again.status).toBe(400);
    expect(again.body).toContain('"code":"sign_in_state_mismatch"');
    expect(again.headers['set-cookie']).toBeUndefined();
  }
  expect(browser.calls('/token')).toBe(1);
  expect((await browser.get('/api/me')).status).toBe(200);
});

test('of ten of the same callback at once one gets in, and the code is sent once', async () => {
  const browser = await LiveDrop.start();
  const callback = await browser.begin();
  const answers = await Promise.all(Array.from({ length: 10 }, () => browser.finish(callback)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([
    302,
    ...Array.from({ length: 9 }, () => 400),
  ]);
  expect(browser.calls('/token')).toBe(1);
});

test.each([
  ['refused', { effect: 'status', status: 400 }, 500],
  ['lost', { effect: 'drop-after-commit' }, 503],
] as const)(
  'a callback whose code was %s is not sent again when it is reloaded',
  async (_, fault, status) => {
    const browser = await LiveDrop.start();
    const callback = await browser.begin();
    browser.stack.fault({ operation: 'token', times: 1, ...fault });
    expect((await browser.finish(callback)).status).toBe(status);
    expect((await browser.finish(callback)).status).toBe(400);
    expect(browser.calls('/token')).toBe(1);
  },
);

test('the callback of one browser is 400 in another, asks BankID nothing, and the first still gets in', async () => {
  const browser = await LiveDrop.start();
  const callback = await browser.begin();
  const other = browser.another();
  expect((await other.finish(callback)).status).toBe(400); // without any cookie
  await other.begin();
  expect((await other.finish(callback)).status).toBe(400); // with a cookie of its own
  expect(browser.calls('/token')).toBe(0);
  expect((await browser.finish(callback)).status).toBe(302);
});
