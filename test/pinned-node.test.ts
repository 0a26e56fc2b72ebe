import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';

/** Starts a program of an installation whose pinned Node is this shell script, with a Node that is not the pinned. */
function startWith(script: string, ...parameters: string[]) {
  const root = mkdtempSync(join(tmpdir(), 'drop-pinned-'));
  mkdirSync(join(root, 'bin'));
  mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
  copyFileSync('bin/pinned-node.js', join(root, 'bin/pinned-node.js'));
  writeFileSync(join(root, 'node_modules/.bin/node'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const program = join(root, 'bin/program.mjs');
  writeFileSync(
    program,
    "import { onPinnedNode } from './pinned-node.js';" +
      "await onPinnedNode(import.meta.url, () => console.log('here'));",
  );
  const child = spawn(process.execPath, [program, ...parameters], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
    rmSync(root, { recursive: true, force: true });
  });
  const ended = new Promise<[number | null, string | null]>((resolve) =>
    child.once('close', (code, signal) => resolve([code, signal])),
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async (): Promise<unknown> => (await lines.next()).value;
  return { child, program, line, ended };
}

test('a program runs on the pinned Node with its parameters, and ends as that does', async () => {
  const { program, line, ended } = startWith('echo "$@"; exit 7', 'calls', 'list');
  expect(await line()).toBe(`${program} calls list`);
  expect(await ended).toEqual([7, null]);
});

test('a signal reaches the process that works, and is answered by it', async () => {
  const waiting = 'trap "echo told; exit 9" TERM; echo up; while :; do sleep 0.05; done';
  const { child, line, ended } = startWith(waiting);
  expect(await line()).toBe('up');
  child.kill('SIGTERM');
  expect(await line()).toBe('told');
  expect(await ended).toEqual([9, null]);
});

test('a program whose process was killed is seen to be killed', async () => {
  const { ended } = startWith('kill -KILL $$');
  expect(await ended).toEqual([null, 'SIGKILL']);
});

test('a Node that does not run TypeScript is refused where no other is installed', () => {
  const root = mkdtempSync(join(tmpdir(), 'drop-pinned-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  copyFileSync('bin/pinned-node.js', join(root, 'pinned-node.js'));
  const program = join(root, 'program.mjs');
  writeFileSync(
    program,
    "import { onPinnedNode } from './pinned-node.js'; await onPinnedNode(import.meta.url, () => 0);",
  );
  const { status, stderr } = spawnSync(process.execPath, ['--no-strip-types', program], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([1, expect.stringContaining('Drop needs Node 22.18 or later')]);
});
