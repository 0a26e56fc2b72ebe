import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { testStore } from '../support/database.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

test('a reader that closes the pipe before all output is written causes no error', async () => {
  const child = spawn(process.execPath, ['bin/drop.js', 'calls', 'list', '--help'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill());
  child.stdout.destroy();
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [errors, code] = await Promise.all([text(child.stderr), ended]);
  expect([code, errors]).toEqual([0, '']);
});

test('a closed pipe of messages does not change the exit code of wrong use', async () => {
  const child = spawn(process.execPath, ['bin/drop.js', 'secrets'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill());
  child.stderr.destroy();
  child.stdout.resume();
  expect(await new Promise<number | null>((resolve) => child.once('close', resolve))).toBe(2);
});

test('a list that is followed and quiet ends when the reader of its pipe has gone', async () => {
  const { url } = await testStore();
  const child = spawn(
    'sh',
    ['-c', '"$0" bin/drop.js errors list --follow | read -r head', process.execPath],
    {
      cwd: root,
      env: { ...process.env, DATABASE_URL: url },
      stdio: 'ignore',
    },
  );
  onTestFinished(() => void child.kill());
  // The shell ends after every command of the pipe has.
  expect(await new Promise<number | null>((resolve) => child.once('close', resolve))).toBe(0);
});
