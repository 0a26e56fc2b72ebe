import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { Faults } from '#emulation/faults.ts';
import { withRootPage } from '#sandbox/root-page.ts';

const routes = new Hono().get('/known', (c) => c.text('known')).post('/', (c) => c.text('posted', 404));

function faultsOf(...operations: string[]): Faults {
  const faults = new Faults(new ManualClock(), () => 0);
  for (const operation of operations) faults.taker(operation);
  return faults;
}

interface Asked {
  path?: string;
  headers?: Record<string, string>;
  app?: Hono;
  state?: unknown;
  faults?: Faults;
}

async function ask({ path = '/', headers = {}, app = routes, state = {}, faults = faultsOf() }: Asked) {
  const emulator = { state: () => state, actions: { rotate_keys: async () => undefined } };
  const about = { nb: 'Det den er til.', en: 'What it is for.' };
  const page = { title: 'Sumsub', appOrigin: 'http://localhost:3000', emulator, faults, about };
  const request = new Request(`http://localhost:3001${path}`, {
    headers: { accept: 'text/html', ...headers },
  });
  const answer = await withRootPage(app.fetch, page)(request, {} as never);
  return { status: answer.status, text: await answer.text() };
}

test('a browser at the address of an emulator reads what is there, in its language', async () => {
  const norwegian = await ask({ headers: { 'accept-language': 'nb' } });
  expect(norwegian.status).toBe(200);
  expect(norwegian.text).toMatch(/lang="nb"[\s\S]*Sumsub i sandkassen[\s\S]*http:\/\/localhost:3000/);
  expect(norwegian.text).toContain('Det den er til.');
  const english = await ask({ headers: { 'accept-language': 'en-GB' } });
  expect(english.text).toMatch(/lang="en"[\s\S]*Sumsub in the sandbox[\s\S]*What it is for\./);
});

test('the language chosen in the app counts for more than that of the browser', async () => {
  const headers = { 'accept-language': 'nb', cookie: 'a=b; drop-locale=en' };
  expect((await ask({ headers })).text).toContain('lang="en"');
  const unknown = { 'accept-language': 'nb', cookie: 'drop-locale=xx' };
  expect((await ask({ headers: unknown })).text).toContain('lang="nb"');
});

test('the page counts what the emulator holds, and says so where it holds nothing', async () => {
  const state = { payments: [{}, {}], webhooks: { sent: 7 }, channel: 'other', unnamed: [{}] };
  const { text } = await ask({ state });
  expect(text).toMatch(/Betalinger<\/dt>\s*<dd>2<\/dd>/);
  expect(text).toMatch(/Sendte webhooks<\/dt>\s*<dd>7<\/dd>/);
  expect(text).not.toContain('unnamed');
  expect((await ask({})).text).toContain('husker ingenting');
});

test('the page lists operations, effects and actions, and the faults that are set', async () => {
  const faults = faultsOf('read_applicant');
  expect((await ask({ faults })).text).toContain('Ingen feil er satt inn nå.');
  faults.add({ operation: 'read_applicant', effect: 'status', status: 502 });
  const { text } = await ask({ faults });
  for (const name of ['read_applicant', 'slow-drip', 'rotate_keys', 'read_applicant 502'])
    expect(text).toContain(`<code>${name}</code>`);
});

test('a program is answered as by the provider, and so is any other address', async () => {
  expect((await ask({ headers: { accept: 'application/json' } })).status).toBe(404);
  expect((await ask({ path: '/unknown' })).status).toBe(404);
  expect(await ask({ path: '/known' })).toEqual({ status: 200, text: 'known' });
});

test('an emulator with a page of its own keeps it, and has the other at /about', async () => {
  const app = new Hono().get('/', (c) => c.text('the channel'));
  expect(await ask({ app })).toEqual({ status: 200, text: 'the channel' });
  expect((await ask({ app, path: '/about' })).text).toContain('Sumsub i sandkassen');
});
