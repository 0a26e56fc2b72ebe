import { readdir, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requireLocalName } from '#sandbox/local-name.ts';
import { startSandbox, type RunningSandbox } from '../support/sandbox.ts';

let sandbox: RunningSandbox;
let places: [name: string, origin: string][];

beforeAll(async () => {
  sandbox = await startSandbox();
  const ready = sandbox.events.find(({ event }) => event === 'ready');
  places = [...Object.entries(sandbox.emulators), ['control', String(ready?.['controlOrigin'])]];
});
afterAll(() => sandbox.remove());

/** What a server of the sandbox answers to a request that names `host`. */
async function answerTo(origin: string, host: string, path = '/'): Promise<string> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  socket.end(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  return text(socket);
}

const statusOf = (answer: string): number => Number(answer.split(' ')[1]);

test('a website that resolves to this machine reads no emulator and not the control plane', async () => {
  expect(places.length).toBeGreaterThan(3);
  for (const [name, origin] of places) {
    const { port } = new URL(origin);
    for (const host of [`evil.example:${port}`, 'evil.example', 'localhost.evil.example', `127.0.0.1.nip.io`])
      expect([name, host, statusOf(await answerTo(origin, host))]).toEqual([name, host, 421]);
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, 'localhost'])
      expect([name, host, statusOf(await answerTo(origin, host))]).not.toEqual([name, host, 421]);
  }
});

test('no page of an emulator may be framed', async () => {
  for (const [name, origin] of places) {
    const answer = await answerTo(origin, new URL(origin).host);
    const headers = answer.slice(0, answer.indexOf('\r\n\r\n')).toLowerCase();
    expect([name, headers]).toEqual([name, expect.stringContaining('x-frame-options: deny')]);
    expect([name, headers]).toEqual([name, expect.stringContaining("frame-ancestors 'none'")]);
  }
});

test('the page of the WebSDK may be framed by pages of this machine only', async () => {
  const origin = sandbox.emulators['sumsub'] ?? '';
  const answer = await answerTo(origin, new URL(origin).host, '/websdk/websdk.html');
  expect(answer).toContain('frame-ancestors http://localhost:* http://127.0.0.1:*');
  expect(answer.toLowerCase()).not.toContain('x-frame-options');
});

test('app, emulators and control plane answer on both loopback addresses, since localhost may be either', async () => {
  for (const [name, origin] of [['app', sandbox.appOrigin] as const, ...places])
    for (const address of ['127.0.0.1', '[::1]']) {
      const { statusCode, body } = await request(`http://${address}:${new URL(origin).port}/`);
      await body.dump();
      expect([name, address, statusCode]).toEqual([name, address, expect.any(Number)]);
    }
});

test('what the sandbox keeps is for its own user only', async () => {
  const { dataDirectory } = sandbox;
  const names = await readdir(dataDirectory);
  expect(names).toEqual(expect.arrayContaining(['drop.log', 'sandbox.json']));
  for (const name of names) {
    const { mode } = await stat(join(dataDirectory, name));
    expect([name, mode & 0o077]).toEqual([name, 0]);
  }
  // Where the sandbox runs as root, PostgreSQL's own user passes through the directory, and lists nothing.
  expect((await stat(dataDirectory)).mode & 0o066).toBe(0);
});

test.each([[['127.0.0.1']], [['::1']], [['::1', '127.0.0.1']]])(
  'localhost may resolve to %s',
  async (addresses) => {
    await expect(requireLocalName(async () => addresses)).resolves.toBeUndefined();
  },
);

test.each([
  ['does not resolve', () => Promise.reject(new Error('ENOTFOUND'))],
  ['resolves to 203.0.113.7', async () => ['203.0.113.7']],
])('a start on a machine whose localhost %s is refused with the remedy', async (what, resolve) => {
  const started = requireLocalName(resolve);
  await expect(started).rejects.toMatchObject({ code: 'configuration_invalid' });
  await expect(started).rejects.toThrow(`"localhost" ${what}. Add the line`);
});
