import { createHash } from 'node:crypto';
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { en } from '#customer/texts/en.ts';
import { nb } from '#customer/texts/nb.ts';
import { createApp, type HttpApp } from '#http/app.ts';
import { pagePaths } from '#http/contract/pages.ts';
import type { Problem } from '#http/contract/problem.ts';
import { createWebShell } from '#http/web-shell.ts';
import { testContext } from '../support/context.ts';
import { dependenciesOf, testApp } from '../support/http-app.ts';
import { newScratchDirectory } from '../support/scratch.ts';

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const index =
  '<html lang="nb" data-color-scheme="auto"><body><!-- loading --><div id="root"></div></body></html>';

let directory = '';
beforeAll(async () => {
  directory = await newScratchDirectory('drop-web-');
  await writeFile(`${directory}/index.html`, index);
  const script = `const text = '${'x'.repeat(2_000)}';`;
  await mkdir(`${directory}/assets`);
  await writeFile(`${directory}/assets/a.js`, script);
  await writeFile(`${directory}/service-worker.js`, script);
  await writeFile(`${directory}/icon-192.png`, 'a picture');
  await writeFile(`${directory}/assets/a.js.br`, brotliCompressSync(script));
});

afterAll(() => rm(directory, { recursive: true }));

async function app(): Promise<HttpApp> {
  return testApp(await testContext(), undefined, {}, directory);
}

const screens = pagePaths.map((path) => path.replace(/\$\w+/, '0198c2f4-0000-7000-8000-000000000000'));

test('each screen is served as a page, with or without a slash at the end', async () => {
  const { request } = await app();
  for (const path of [...screens, ...screens.map((screen) => `${screen.replace(/\/$/, '')}/`)]) {
    const { status, headers } = await request(path, { headers: browser });
    expect([path, status, headers.get('content-type')]).toEqual([path, 200, 'text/html; charset=UTF-8']);
  }
});

test.each(['/nowhere', '/payments/1/2', '/verify/x', '/wp-login.php'])(
  '%s, where the app has no screen, is 404 and still the page, so that the app can say so',
  async (path) => {
    const answer = await (await app()).request(path, { headers: browser });
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('<div id="root">');
  },
);

test.each(['/nowhere', '/favicon.ico', '/assets/gone.js', '/api/nowhere'])(
  '%s is a 404 problem for a client that asks for no page',
  async (path) => {
    const answer = await (await app()).request(path, { headers: { accept: '*/*' } });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  },
);

test.each([
  { accepted: 'gzip, deflate, br', encoding: 'br' },
  { accepted: 'gzip', encoding: 'gzip' },
  { accepted: 'identity', encoding: null },
])('a script is sent as $encoding to a browser that accepts "$accepted"', async ({ accepted, encoding }) => {
  const { request } = await app();
  const { status, headers } = await request('/assets/a.js', { headers: { 'accept-encoding': accepted } });
  expect([status, headers.get('content-encoding')]).toEqual([200, encoding]);
  expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
});

test('a file of the app that is missing is 404 for a browser, too', async () => {
  expect((await (await app()).request('/assets/gone.js', { headers: browser })).status).toBe(404);
});

test.each([
  { cookie: 'drop-locale=en', lang: 'en', word: 'Loading …' },
  { cookie: 'drop-locale=nb', lang: 'nb', word: 'Laster …' },
  { cookie: '', lang: 'nb', word: 'Laster …' },
])(
  'before the app starts, the page says "$word" with the cookie "$cookie"',
  async ({ cookie, lang, word }) => {
    const answer = await (await app()).request('/', { headers: { ...browser, cookie } });
    const page = await answer.text();
    expect(page).toContain(`<html lang="${lang}"`);
    expect(page).toContain(word);
  },
);

test('the content security policy allows the style of the page, and no other inline style', async () => {
  const answer = await (await app()).request('/', { headers: browser });
  const style = /<style>([\s\S]*?)<\/style>/.exec(await answer.text())?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  expect(answer.headers.get('content-security-policy')).toContain(`style-src 'self' 'sha256-${hash}';`);
});

test('the page about the API brings its style as a file, which the content security policy allows', async () => {
  const { request } = await app();
  const page = await (await request('/api/docs')).text();
  const [, href = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(page) ?? [];
  const style = await request(href);
  expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8');
  expect(await style.text()).toContain('overflow-x');
  expect(page).not.toContain('<style');
});

test.each([
  { cookie: 'drop-theme=dark', scheme: 'dark' },
  { cookie: 'drop-theme=light', scheme: 'light' },
  { cookie: 'drop-theme="><script>', scheme: 'auto' },
  { cookie: '', scheme: 'auto' },
])('the page has the colours that the cookie "$cookie" chose before a script runs', async (chosen) => {
  const { cookie, scheme } = chosen;
  const page = await (await app()).request('/', { headers: { ...browser, cookie } });
  expect(await page.text()).toContain(`<html lang="nb" data-color-scheme="${scheme}">`);
});

test('what reloads a page whose scripts are gone is kept for a day, under one name', async () => {
  const { status, headers } = await testApp(await testContext()).request('/start-watch.js');
  expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=86400']);
});

test('a page that says it is loading has a link to itself, and one that tells of a problem to the front page', async () => {
  const look = { locale: 'nb', theme: 'auto' } as const;
  const shell = createWebShell('web/dist');
  expect(await shell.page(look)).toContain('<a href="">Last siden på nytt</a>');
  const problem = { code: 'internal_error', requestId: 'r' } as Problem;
  expect(await shell.page(look, problem)).toContain('<a href="/">Last siden på nytt</a>');
});

test('a bundle that is built anew is served from then on, and one that is being replaced as it was', async () => {
  const built = await newScratchDirectory('drop-built-');
  onTestFinished(() => rm(built, { recursive: true }));
  const look = { locale: 'nb', theme: 'auto' } as const;
  const write = (name: string) => writeFile(`${built}/index.html`, `<script src="/assets/${name}.js">`);
  await write('first');
  const shell = createWebShell(built);
  expect(await shell.page(look)).toContain('first');
  await rm(`${built}/index.html`);
  expect(await shell.page(look)).toContain('first');
  await write('second');
  await utimes(`${built}/index.html`, 1, 1);
  expect(await shell.page(look)).toContain('second');
});

test("the service worker is asked for anew at each visit, and may be no other origin's", async () => {
  const { status, headers } = await (await app()).request('/service-worker.js');
  expect([status, headers.get('cache-control')]).toEqual([200, 'no-cache']);
  expect(headers.get('content-type')).toMatch(/^text\/javascript/);
  expect(headers.get('content-security-policy')).toContain("worker-src 'self';");
});

test('the manifest is in the language of the customer and names icons that are there', async () => {
  const { request } = await app();
  const manifest = await request('/manifest.webmanifest', { headers: { cookie: 'drop-locale=en' } });
  expect(manifest.headers.get('content-type')).toBe('application/manifest+json');
  const { lang, icons } = (await manifest.json()) as { lang: string; icons: { src: string }[] };
  expect(lang).toBe('en');
  expect(icons.map(({ src }) => src)).toContain('/icon-192.png');
  const icon = await request('/icon-192.png');
  expect([icon.status, icon.headers.get('cache-control')]).toEqual([200, 'public, max-age=86400']);
});

test('a service worker that is not built is a 404 problem, which a browser takes for none', async () => {
  await rm(`${directory}/service-worker.js`);
  expect((await (await app()).request('/service-worker.js')).status).toBe(404);
});

test.each(['production', 'staging', 'sandbox'] as const)(
  'Drop itself has no stage, in %s either',
  async (name) => {
    const served = testApp(await testContext(), undefined, { DROP_ENVIRONMENT: name }, directory);
    const headers = { accept: 'application/json', 'sec-fetch-site': 'same-origin' };
    expect((await served.request('/__sandbox/stage', { headers })).status).toBe(404);
    const body = JSON.stringify({ act: 'usual' });
    const own = { ...headers, 'content-type': 'application/json' };
    expect((await served.request('/__sandbox/stage', { method: 'POST', headers: own, body })).status).toBe(
      404,
    );
    const app = (await (await served.request('/api/app')).json()) as { hasStage: boolean };
    expect(app.hasStage).toBe(false);
  },
);

test.each(['production', 'staging'] as const)('the web app is told of no stage in %s', async (name) => {
  const dependencies = dependenciesOf(await testContext());
  const config = { ...dependencies.config, DROP_ENVIRONMENT: name };
  const told = await createApp({ ...dependencies, config, hasStage: true }).request('/api/app');
  expect(((await told.json()) as { hasStage: boolean }).hasStage).toBe(false);
});

test.each([
  ['a visitor', '/', {}, 'front-page'],
  ['a browser with a session', '/', { cookie: 'drop-session=any' }, 'overview'],
])('to %s the front page links the files of the screen that is shown', async (_, path, headers, screen) => {
  const { request } = testApp(await testContext());
  const page = await (await request(path, { headers: { ...browser, ...headers } })).text();
  const links = page.match(/<link rel="modulepreload" crossorigin href="\/assets\/(front-page|overview)-/g);
  expect(links?.map((link) => link.slice(link.lastIndexOf('/') + 1, -1))).toEqual([screen]);
});

const signInLink = '<a href="/api/auth/bankid?returnTo=/">';

test.each([
  { locale: 'nb', words: nb.front },
  { locale: 'en', words: en.front },
])("a visitor's front page brings the app's words and the way to sign in, in $locale", async (shown) => {
  const { request } = testApp(await testContext());
  const headers = { ...browser, cookie: `drop-locale=${shown.locale}` };
  const page = await (await request('/', { headers })).text();
  expect(page).toContain(`<h1>${shown.words.title}</h1>`);
  expect(page).toContain(`${signInLink}${shown.words.signIn}</a>`);
  expect(page).not.toContain('role="status"');
});

test.each([
  ['a browser with a session', '/', { ...browser, cookie: 'drop-session=any' }],
  ['the service worker, which keeps the page for every path', '/', { accept: '*/*' }],
  ['a visitor of another screen', '/help', browser],
])('%s gets a page that only says that it is loading', async (_, path, headers) => {
  const { request } = testApp(await testContext());
  const page = await (await request(path, { headers })).text();
  expect(page).toContain('Laster …');
  expect(page).not.toContain(signInLink);
});

test('a page that tells of a problem brings no front page, which the app is not going to show', async () => {
  const problem = { code: 'internal_error', requestId: 'r' } as Problem;
  const look = { locale: 'nb', theme: 'auto', firstScreen: 'front-page' } as const;
  expect(await createWebShell('web/dist').page(look, problem)).not.toContain(signInLink);
});

test('a page at another path links no files of the front page', async () => {
  const { request } = testApp(await testContext());
  const page = await (await request('/help', { headers: browser })).text();
  expect(page).not.toMatch(/front-page|overview/);
});
