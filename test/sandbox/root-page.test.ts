import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { withRootPage } from '#sandbox/root-page.ts';

const page = { title: 'Sumsub', appOrigin: 'http://localhost:3000' };
const routes = new Hono().get('/known', (c) => c.text('known')).post('/', (c) => c.text('posted', 404));

async function ask(path: string, headers: Record<string, string> = { accept: 'text/html' }, app = routes) {
  const answer = await withRootPage(app.fetch, page)(
    new Request(`http://localhost:3001${path}`, { headers }),
    {} as never,
  );
  return { status: answer.status, text: await answer.text() };
}

test('a browser at the address of an emulator reads what is there, in its language', async () => {
  const norwegian = await ask('/', { accept: 'text/html', 'accept-language': 'nb' });
  expect(norwegian.status).toBe(200);
  expect(norwegian.text).toMatch(/lang="nb"[\s\S]*Sumsub i sandkassen[\s\S]*http:\/\/localhost:3000/);
  const english = await ask('/', { accept: 'text/html', 'accept-language': 'en-GB' });
  expect(english.text).toMatch(/lang="en"[\s\S]*Sumsub in the sandbox/);
});

test('a program is answered as by the provider, and so is any other address', async () => {
  expect((await ask('/', { accept: 'application/json' })).status).toBe(404);
  expect((await ask('/unknown')).status).toBe(404);
  expect(await ask('/known')).toEqual({ status: 200, text: 'known' });
});

test('an emulator with a page of its own keeps it', async () => {
  const own = new Hono().get('/', (c) => c.text('the channel'));
  expect(await ask('/', { accept: 'text/html' }, own)).toEqual({ status: 200, text: 'the channel' });
});
