import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { launchSandbox, newDataDirectory } from '../support/sandbox.ts';

async function dataDirectory(): Promise<string> {
  const directory = await newDataDirectory();
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** PostgreSQL removes its pid file when it has stopped. */
async function expectDatabaseStopped(directory: string): Promise<void> {
  const file = join(directory, 'postgres', 'postmaster.pid');
  await expect(readFile(file)).rejects.toMatchObject({ code: 'ENOENT' });
}

/** `npm run serve`, with the embedded database and mocks of the services, on a port of its own. */
async function startServer(directory: string): Promise<{ child: ChildProcess; port: number }> {
  const port = await freePort();
  const child = spawn(process.execPath, ['bin/serve.js'], {
    env: {
      PATH: process.env['PATH'],
      NEXT_PUBLIC_SERVICE_MODE: 'mock',
      DROP_ENVIRONMENT: 'sandbox',
      DROP_DATA_DIR: directory,
      PORT: `${port}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false }))
    if (String(chunk).includes('Drop is serving')) break;
  return { child, port };
}

async function stopped(child: ChildProcess): Promise<number | null> {
  const ended = once(child, 'exit') as Promise<[number | null]>;
  child.kill('SIGTERM');
  return (await ended)[0];
}

test('a sandbox whose output nothing reads any more stops in order, and its database with it', async () => {
  const directory = await dataDirectory();
  const sandbox = launchSandbox({ dataDirectory: directory });
  await sandbox.until('ready');
  sandbox.process.stdout?.destroy();
  sandbox.process.stderr?.destroy();
  expect(await stopped(sandbox.process)).toBe(0);
  await expectDatabaseStopped(directory);
});

test('a server whose log was closed by its reader answers, and stops in order', async () => {
  const directory = await dataDirectory();
  const { child, port } = await startServer(directory);
  child.stdout?.destroy();
  child.stderr?.destroy();
  expect((await fetch(`http://127.0.0.1:${port}/api/unheard-of`)).status).toBe(404);
  expect(await stopped(child)).toBe(0);
  await expectDatabaseStopped(directory);
});

test('a server whose log is full and not read answers, and stops in order', async () => {
  const directory = await dataDirectory();
  const { child, port } = await startServer(directory);
  child.stdout?.pause();
  // Each logs a line with the whole path; a pipe and its reader hold less than 300 kB.
  for (let request = 0; request < 1_200; request += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/unheard-of`);
    await answer.body?.cancel();
  }
  expect(await stopped(child)).toBe(0);
  await expectDatabaseStopped(directory);
});
