import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Store } from '#store/database.ts';
import { claimEntries, settleEntry } from '#store/outbox/claims.ts';
import { settleAlerts, waitingAlerts } from '#store/outbox/alerts.ts';
import { addEntries } from '#store/outbox/entries.ts';
import { testStore } from '../support/database.ts';
import { drop, linesOf, type Ran } from './program.ts';

const at = new Date('2026-02-23T14:30:00Z');

function outbox(store: Store | undefined, ...parameters: string[]): Promise<Ran> {
  return drop(['outbox', ...parameters], store ? { DATABASE_URL: store.url } : {});
}

/** Message 1: a mail that was given up; 2: a mail that waits behind it; 3: an alert that waits. */
async function messages(): Promise<Store> {
  const store = await testStore();
  const message = { parameters: {}, at, code: 'made_up' };
  for (const [channel, recipient] of [
    ['mail', 'user:a'],
    ['mail', 'user:a'],
    ['alert', 'operators'],
  ] as const)
    await addEntries(store.database, [{ ...message, id: randomUUID(), channel, recipient }]);
  const options = { channel: 'mail', codes: ['made_up'], limit: 1, leaseMs: 1, claim: randomUUID() } as const;
  const [first] = await claimEntries(store.database, at, options);
  if (first) await settleEntry(store.database, first, { status: 'dead', at, error: 'RCPT 550' });
  return store;
}

const statusesOf = async (store: Store): Promise<string[]> => {
  const rows = await store.database.selectFrom('outbox').select('status').orderBy('sequence').execute();
  return rows.map(({ status }) => status);
};

test('list prints one JSON object a line, the newest first', async () => {
  const ran = await outbox(await messages(), 'list', '--json');
  expect(linesOf(ran)).toMatchObject([
    { id: 3, channel: 'alert', status: 'waiting', dueAt: at.toISOString() },
    { id: 2, channel: 'mail', recipient: 'user:a', status: 'waiting' },
    { id: 1, status: 'dead', attempts: 1, lastError: 'RCPT 550', settledAt: at.toISOString() },
  ]);
});

test('dead messages are listed with their reason', async () => {
  const { output } = await outbox(await messages(), 'list', '--status', 'dead');
  expect(output).toMatch(/\n +1 {2}2026-02-23T14:30:00Z {2}dead .*user:a {2}1 attempt: RCPT 550\n$/);
});

test('an alert that Slack refused and that went by mail is not shown as delivered', async () => {
  const store = await messages();
  const [waiting] = await waitingAlerts(store.database, { ranks: new Map([['made_up', 1]]), limit: 1 });
  if (!waiting) throw new RangeError('message 3 waits');
  const error = 'Slack answered 404 no_service';
  await settleAlerts(store.database, [waiting], { status: 'delivered', at, error });
  const { output } = await outbox(store, 'list', '--channel', 'alert');
  expect(output).toMatch(
    /\n +3 {2}2026-02-23T14:30:00Z {2}by mail .*operators {2}1 attempt: Slack answered 404/,
  );
  expect(linesOf(await outbox(store, 'list', '--json'))).toMatchObject([
    { id: 3, status: 'delivered', instead: 'mail', lastError: error },
    { id: 2, instead: null },
    { id: 1, instead: null },
  ]);
});

test('an alert that Slack took is shown as delivered', async () => {
  const store = await messages();
  const [waiting] = await waitingAlerts(store.database, { ranks: new Map([['made_up', 1]]), limit: 1 });
  await settleAlerts(store.database, waiting ? [waiting] : [], { status: 'delivered', at });
  const { output } = await outbox(store, 'list', '--channel', 'alert');
  expect(output).toMatch(/\n +3 {2}2026-02-23T14:30:00Z {2}delivered /);
});

test('a truncated list tells on standard error how to continue', async () => {
  const store = await messages();
  const first = await outbox(store, 'list', '--limit', '1');
  expect(first.errors).toBe('More messages match: npx drop outbox list --after 3 --limit 1\n');
  const next = await outbox(
    store,
    'list',
    '--after',
    '3',
    '--since',
    '2026-02-23',
    '--channel',
    'mail',
    '--json',
  );
  expect(linesOf(next)).toMatchObject([{ id: 2 }, { id: 1 }]);
});

test('a dry run of a retry counts and changes nothing', async () => {
  const store = await messages();
  const { output } = await outbox(store, 'retry', '--dry-run', '--json');
  expect(JSON.parse(output)).toEqual({ dryRun: true, matched: 1, retried: 0 });
  expect(await statusesOf(store)).toEqual(['dead', 'waiting', 'waiting']);
});

test('a retry lets dead messages wait again, as if new', async () => {
  const store = await messages();
  const { output } = await outbox(store, 'retry', '--channel', 'mail', '--yes');
  expect(output).toBe('1 of 1 dead messages are delivered again\n');
  expect(await statusesOf(store)).toEqual(['waiting', 'waiting', 'waiting']);
  const options = { channel: 'mail', codes: ['made_up'], limit: 1, leaseMs: 1, claim: randomUUID() } as const;
  expect(await claimEntries(store.database, new Date('2100-01-01'), options)).toMatchObject([
    { attempts: 1 },
  ]);
});

test('a retry touches no message that is not dead', async () => {
  const store = await messages();
  const { output } = await outbox(store, 'retry', '--channel', 'alert', '--yes');
  expect(output).toBe('0 of 0 dead messages are delivered again\n');
});

test.each([[[]], [['--dry-run', '--yes']]])('a retry with %j is a wrong command line', async (parameters) => {
  const { code, errors } = await outbox(await messages(), 'retry', ...parameters);
  expect([code, errors]).toEqual([2, expect.stringContaining('give either --dry-run or --yes')]);
});
