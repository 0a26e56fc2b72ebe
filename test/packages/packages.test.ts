import { createHmac, randomUUID } from 'node:crypto';
import { readFile, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storeWithoutTables } from '../support/database.ts';
import { portUntilTestEnds } from '../support/loopback.ts';
import { root } from '../tidy/tree.ts';
import { linesOf, runExample } from './example.ts';
import { installPackages, packages, type Project } from './packed.ts';

let project: Project;

beforeAll(async () => {
  project = await installPackages();
});
afterAll(() => rm(project.folder, { recursive: true, force: true }));

describe.each(packages)('the packed %s', (name) => {
  test('has nothing that publint finds wrong', async () => {
    const { buffer: tarball } = await project.tarballOf(name);
    const { messages } = await publint({ pack: { tarball }, strict: true });
    expect(messages).toEqual([]);
  });

  test('has types that say of its modules what they are, to Node and to bundlers', async () => {
    const analysis = await checkPackage(createPackageFromTarballData(await project.tarballOf(name)));
    if (!analysis.types) throw new Error('the package has no types');
    // CommonJS may `require` the modules on the Nodes that can; resolutions without `exports` find no sub-path.
    const problems = analysis.problems.filter(
      ({ kind, ...problem }) =>
        kind !== 'CJSResolvesToESM' && !('resolutionKind' in problem && problem.resolutionKind === 'node10'),
    );
    expect(problems).toEqual([]);
  });

  test('shows in its README the example that runs here', async () => {
    const [readme, example] = await Promise.all(
      ['README.md', 'example.js'].map((file) => readFile(join(root, 'packages', name, file), 'utf8')),
    );
    expect(readme).toContain(`\`\`\`js\n${example}\`\`\`\n`);
  });

  test('is installed from its own archive, as its README says, and from no registry', async () => {
    const [readme, described] = await Promise.all(
      ['README.md', 'package.json'].map((file) => readFile(join(root, 'packages', name, file), 'utf8')),
    );
    const { version } = JSON.parse(described ?? '') as { version: string };
    expect(readme).toContain(`npm install ./drop-${name}-${version}.tgz`);
    expect(readme).not.toContain('npm install @drop');
  });
});

test('the packages bring no other package with them', async () => {
  const installed = await readdir(join(project.folder, 'node_modules'));
  expect(installed.filter((name) => !name.startsWith('.')).toSorted()).toEqual(['@drop', 'pg', 'undici']);
});

test('the example of the guarded call repeats a reading, and never a payment', async () => {
  const asked: string[] = [];
  const bank = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} by ${request.headers['user-agent']}`);
    if (request.method === 'POST') return void request.socket.resetAndDestroy();
    const status = asked.length === 1 ? 503 : 200;
    response.writeHead(status, { 'content-type': 'application/json' }).end('{"amount":"7.00"}');
  });
  const port = await portUntilTestEnds(bank);
  const example = runExample(project.exampleOf('guarded-call'), { BANK_URL: `http://127.0.0.1:${port}` });
  expect(await linesOf(example)).toEqual([
    'read balance, attempt 1: 503',
    'read balance, attempt 2: 200',
    "balance: { amount: '7.00' }",
    'pay, attempt 1: provider_unavailable',
    'provider_unavailable, outcome unknown',
  ]);
  const read = 'GET /balance by guarded-call';
  expect(asked).toEqual([read, read, 'POST /payments by guarded-call']);
});

/** The example of the inbox, signing for the bank. */
async function startInbox() {
  const store = await storeWithoutTables();
  const secret = randomUUID();
  const environment = { DATABASE_URL: store.url, WEBHOOK_SECRET: secret };
  const example = runExample(project.exampleOf('webhook-inbox'), environment);
  const origin = (await example.nextLine())?.replace('port ', 'http://127.0.0.1:') ?? '';
  const deliver = async (body: string, signature: string): Promise<string> => {
    const answer = await fetch(`${origin}/webhook`, { method: 'POST', body, headers: { signature } });
    return `${answer.status} ${await answer.text()}`;
  };
  const signed = (body: string): [string, string] => [
    body,
    createHmac('sha256', secret).update(body).digest('hex'),
  ];
  return { example, origin, deliver, signed };
}

test('the example of the inbox refuses a forgery, and handles what comes twice once', async () => {
  const { example, deliver, signed } = await startInbox();
  const [first, second] = ['{"id":"1","payment":"a"}', '{"id":"2","payment":"a"}'] as const;
  expect(await deliver(first, 'ab'.repeat(32))).toBe('401 webhook_signature_invalid');
  expect(await deliver(...signed(first))).toBe('200 stored');
  expect(await deliver(...signed(first))).toBe('200 duplicate');
  expect(await deliver(...signed(second))).toBe('200 stored');
  expect([await example.nextLine(), await example.nextLine()]).toEqual([
    `handled ${first}`,
    `handled ${second}`,
  ]);
});

/** Resolves when the connection is closed, or was reset. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.on('error', () => undefined).once('close', () => resolve());
    socket.resume();
  });
}

test('the example of the inbox outlives a sender that breaks off', async () => {
  const { origin, deliver, signed } = await startInbox();
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  socket.write('POST /webhook HTTP/1.1\r\nhost: bank\r\ncontent-length: 100\r\n\r\nhalf');
  socket.end();
  await closed(socket);
  expect(await deliver(...signed('{"id":"1","payment":"a"}'))).toBe('200 stored');
});

test('the example of the inbox holds no body without end', async () => {
  const { origin, deliver, signed } = await startInbox();
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  socket.write('POST /webhook HTTP/1.1\r\nhost: bank\r\ncontent-length: 1000000000\r\n\r\n');
  socket.write(Buffer.alloc(1_000_000));
  await closed(socket);
  expect(await deliver(...signed('{"id":"1","payment":"a"}'))).toBe('200 stored');
});
