import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { statusText } from '#cli/status-text.ts';
import { startPresence } from '#process/presence.ts';
import { openAlert } from '#store/open-alerts.ts';
import { announceBreaker } from '#store/provider-breakers.ts';
import { noteRun } from '#store/scheduled-runs.ts';
import { faultsOf, systemState } from '#usecases/operate/status.ts';
import { testContext, type TestContext } from '../support/context.ts';
import { newScratchDirectory } from '../support/scratch.ts';
import { drop } from './program.ts';

/** A database with a process that runs, a job that was done and an alert that is open. */
async function world() {
  const context = await testContext();
  const presence = startPresence(context);
  const { database } = context.store;
  await expect.poll(async () => (await systemState(context)).processes.length).toBe(1);
  await noteRun(database, 'seal-audit-days', context.clock.now());
  return { context, database, presence };
}

async function alert({ store, clock }: TestContext, key: string): Promise<void> {
  await openAlert(store.database, { key, subject: 'dnb', parameters: {}, stage: 0, raisedAt: clock.now() });
}

test('a Drop that runs and misses nothing is well', async () => {
  const { context, presence } = await world();
  const state = await systemState(context);
  expect(faultsOf(state)).toEqual([]);
  expect(state.processes).toMatchObject([{ pid: process.pid, isLost: false }]);
  expect(state.jobs).toMatchObject([{ job: 'seal-audit-days' }]);
  await presence.stop();
  expect(faultsOf(await systemState(context))).toEqual([expect.stringContaining('no process of Drop')]);
});

test('a process renews its report every minute, and one that has not for three is lost', async () => {
  const { context, presence } = await world();
  const seenAt = async () => (await systemState(context)).processes[0]?.seenAt.getTime();
  context.clock.advance(60_000);
  await expect.poll(seenAt).toBe(context.clock.now().getTime());
  await presence.stop();
  const { store, clock } = context;
  const row = { id: context.entropy.uuid(), host: 'h', pid: 1, version: '1', started_at: clock.now() };
  await store.database
    .insertInto('running_processes')
    .values({ ...row, seen_at: clock.now() })
    .execute();
  clock.advance(180_001);
  const state = await systemState(context);
  expect([state.processes[0]?.isLost, faultsOf(state).length]).toEqual([true, 1]);
});

test('a critical alert is a fault and has its page; a warning is told only', async () => {
  const { context } = await world();
  await alert(context, 'payment_outcome_unknown');
  expect(faultsOf(await systemState(context))).toEqual([]);
  await alert(context, 'provider_not_called');
  const state = await systemState(context);
  expect(faultsOf(state)).toEqual(['alert: A provider is not called']);
  expect(state.alerts.map(({ page }) => page)).toContain('docs/runbook/a-provider-is-not-called.md');
});

test('what was given up is a fault, and what waits is told with its age', async () => {
  const { context, database } = await world();
  const { clock, entropy } = context;
  const message = { channel: 'mail', recipient: 'user:a', code: 'made_up', parameters: '{}' } as const;
  for (const status of ['waiting', 'dead'] as const)
    await database
      .insertInto('outbox')
      .values({ ...message, id: entropy.uuid(), status, created_at: clock.now() })
      .execute();
  const state = await systemState(context);
  expect(state.queues).toContainEqual(
    expect.objectContaining({ name: 'mail', waiting: 1, dead: 1, oldestAt: clock.now() }),
  );
  expect(faultsOf(state)).toEqual(['1 given up: mail']);
});

test('the screen has sixty columns, and says what is wrong first', async () => {
  const { context, database } = await world();
  await alert(context, 'provider_not_called');
  await announceBreaker(database, { provider: 'bank', scope: 'dnb', state: 'open', openMs: 30_000, by: 'x' });
  const state = await systemState(context);
  context.clock.advance(7_200_000);
  const health = {
    address: 'http://127.0.0.1:13000',
    status: 'ok',
    ready: true,
    version: '1',
    components: { database: 'pass', slack: 'fail' },
  } as const;
  const status = { version: '1', faults: faultsOf(state), state, health, lookedAt: [] };
  const text = statusText(status, context.clock.now());
  expect(text).toMatch(/^Drop is not well:\n {2}✗ alert: A provider is not called\n/);
  expect(text).toContain('health         ok, ready, 1 of 2 components pass\n');
  expect(text).toMatch(/breakers open {2}bank, dnb: tried again in \d+ s\n/);
  expect(text).toContain('critical, 2 h: A provider is not called (dnb)');
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
});

test('without a database the program says so, names the host, and ends with 1', async () => {
  const address = { DATABASE_URL: 'postgres://ida:hemmelig@127.0.0.1:1/drop' };
  const { code, output } = await drop(['status', '--json', '--internal', 'http://127.0.0.1:1'], address);
  expect(code).toBe(1);
  expect(JSON.parse(output)).toMatchObject({ state: null, health: null });
  expect(output).toContain('DATABASE_URL leads to 127.0.0.1 port 1, where no server listens.');
  expect(output).not.toContain('hemmelig');
});

test('the internal listener of the sandbox that runs in the data directory is asked', async () => {
  const directory = await newScratchDirectory('drop-status-');
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const report = { status: 'ok', ready: true, version: '1', components: { database: 'pass' } };
  const server = createServer((_, response) => void response.end(JSON.stringify(report)));
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await writeFile(join(directory, 'environment.json'), JSON.stringify({ INTERNAL_PORT: `${port}` }));
  const { output } = await drop(['status', '--json'], { DROP_DATA_DIR: directory });
  expect(JSON.parse(output)).toMatchObject({ health: { address: `http://127.0.0.1:${port}`, ...report } });
});

test('where no internal listener answers, the screen names the address that PORT leads to', async () => {
  // No server listens on the reserved port 1 and its neighbours.
  const { output } = await drop(['status'], { DATABASE_URL: 'postgres://ida@127.0.0.1:1/drop', PORT: '7' });
  expect(output).toContain('no internal listener answers at');
  expect(output).toContain('http://127.0.0.1:10007');
});

test.each([
  [{}, ['http://127.0.0.1:13000', 'http://127.0.0.1:3001']],
  [{ PORT: '60000' }, ['http://127.0.0.1:50000']],
  [{ PORT: '7500', INTERNAL_PORT: '9000' }, ['http://127.0.0.1:9000']],
  [{ INTERNAL_HOST: '::1', INTERNAL_PORT: '9000' }, ['http://[::1]:9000']],
])('with %j the internal listener is looked for at %j', async (variables, lookedAt) => {
  const address = { DATABASE_URL: 'postgres://ida@127.0.0.1:1/drop' };
  const { output } = await drop(['status', '--json'], { ...address, ...variables });
  expect(JSON.parse(output)).toMatchObject({ lookedAt });
});
