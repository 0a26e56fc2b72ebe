import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { createApp } from '#http/app.ts';
import { createWebShell } from '#http/web-shell.ts';
import { testContext } from '../support/context.ts';
import { dependenciesOf } from '../support/http-app.ts';
import { newScratchDirectory } from '../support/scratch.ts';

const script = 'export {};\n'.repeat(1_000);

/** Drop with a bundle of one script. */
async function stand() {
  const directory = await newScratchDirectory('drop-assets-');
  onTestFinished(() => rm(directory, { recursive: true }));
  const file = join(directory, 'assets', 'index-1a2b.js');
  await mkdir(join(directory, 'assets'), { recursive: true });
  await writeFile(file, script);
  await writeFile(`${file}.br`, brotliCompressSync(script));
  await writeFile(join(directory, 'secret.js'), 'secret');
  const webShell = createWebShell(directory);
  const app = createApp({ ...dependenciesOf(await testContext()), webShell });
  const ask = async (path: string, encoding = 'gzip, deflate') => {
    const { status, headers, body } = await app.request(path, { headers: { 'accept-encoding': encoding } });
    const bytes = Buffer.from(await new Response(body).arrayBuffer());
    return { status, bytes, header: (name: string) => headers.get(name) };
  };
  return { file, ask };
}

const path = '/assets/index-1a2b.js';

test('a script is compressed once, however often it is asked for', async () => {
  const { file, ask } = await stand();
  const first = await ask(path);
  expect(gunzipSync(first.bytes).toString()).toBe(script);
  await rm(file);
  const second = await ask(path);
  expect([second.status, second.bytes]).toEqual([200, first.bytes]);
});

test('a compressed script is kept by browsers, and is still a script', async () => {
  const { header } = await (await stand()).ask(path);
  const names = ['content-type', 'content-encoding', 'cache-control', 'vary', 'x-content-type-options'];
  expect(names.map(header)).toEqual([
    'text/javascript; charset=utf-8',
    'gzip',
    'public, max-age=31536000, immutable',
    'accept-encoding',
    'nosniff',
  ]);
});

test('a client that reads Brotli gets what the build has compressed', async () => {
  const { bytes, header } = await (await stand()).ask(path, 'gzip, deflate, br, zstd');
  expect([brotliDecompressSync(bytes).toString(), header('content-encoding')]).toEqual([script, 'br']);
});

test('a client that does not read gzip gets the script as it is', async () => {
  const { bytes, header } = await (await stand()).ask(path, 'identity');
  expect([bytes.toString(), header('content-encoding')]).toEqual([script, null]);
});

test.each(['/assets/missing.js', '/assets/..%2fsecret.js', '/assets/../secret.js/x', '/assets/.js'])(
  '%s is not a file of the bundle',
  async (missing) => {
    const { ask } = await stand();
    const { bytes, header } = await ask(missing);
    expect([bytes.includes('secret'), header('content-encoding')]).toEqual([false, null]);
  },
);
