import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LiveDrop } from './live-drop.ts';

test('two, five and ten tabs of one browser complete in any order, each with its own target', async () => {
  const drop = await LiveDrop.start();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(2, 5, 10).chain((tabs) =>
        fc.shuffledSubarray(
          Array.from({ length: tabs }, (_, tab) => tab),
          { minLength: tabs },
        ),
      ),
      async (order) => {
        const browser = drop.another();
        const callbacks: URLSearchParams[] = [];
        for (const tab of order.toSorted()) callbacks[tab] = await browser.begin('kari', `/payments/${tab}`);
        for (const tab of order) {
          const { status, headers } = await browser.finish(callbacks[tab] ?? new URLSearchParams());
          expect([status, headers['location']]).toEqual([302, `/payments/${tab}`]);
          expect((await browser.get('/api/me')).status).toBe(200);
        }
      },
    ),
    { numRuns: 10 },
  );
});

test('ten tabs that complete at the same moment are all signed in', async () => {
  const browser = await LiveDrop.start();
  const callbacks = [];
  for (let tab = 0; tab < 10; tab += 1) callbacks.push(await browser.begin());
  const answers = await Promise.all(callbacks.map((callback) => browser.finish(callback)));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 302));
  expect((await browser.get('/api/me')).status).toBe(200);
});

test('a tab that fails does not affect the others', async () => {
  const browser = await LiveDrop.start();
  const [one, two] = [await browser.begin(), await browser.begin()];
  const forged = new URLSearchParams({ code: 'x', state: 'made-up' });
  expect((await browser.finish(forged)).status).toBe(400);
  expect((await browser.finish(two)).status).toBe(302);
  expect((await browser.finish(one)).status).toBe(302);
});
