import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import type { Store } from '#store/database.ts';
import { testStore } from '../support/database.ts';
import { inboxRows, storeOne } from './inbox.ts';

const program = fileURLToPath(new URL('doomed-process.ts', import.meta.url));

/** Runs a process `hours` after the webhook came, until it ends; what it was ended by, and what it told of the dead. */
async function runProcess({ url }: Store, hours: number): Promise<{ signal: unknown; dead: string }> {
  const now = new Date(new ManualClock().now().getTime() + hours * 3_600_000);
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env['PATH'], DATABASE_URL: url, NOW: now.toISOString() },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [dead, [, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { signal, dead };
}

test('a webhook that kills process after process is given up, and the last process lives and tells of it', async () => {
  const store = await testStore();
  await storeOne(store, 'a');
  await store.database.updateTable('webhook_inbox').set({ failures: 9 }).execute();
  for (let round = 0; round < 3; round += 1) {
    expect(await runProcess(store, round * 2)).toEqual({ signal: 'SIGKILL', dead: '' });
    const failures = 9 + round;
    expect(await inboxRows(store.database)).toMatchObject([{ status: 'received', failures, inHand: true }]);
  }
  const { signal, dead } = await runProcess(store, 6);
  expect(signal).toBeNull();
  expect(JSON.parse(dead)).toMatchObject({ provider: 'test', error: 'lease_lost' });
  expect(await inboxRows(store.database)).toMatchObject([{ status: 'dead', failures: 12 }]);
});
