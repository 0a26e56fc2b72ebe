import { expect, test } from 'vitest';
import type { Store } from '#store/database.ts';
import { claimWebhooks, storeWebhooks, webhookFailed, webhooksHandled } from '#store/inbox/inbox.ts';
import { testStore } from '../support/database.ts';
import { drop, linesOf, type Ran } from './program.ts';

const day = (date: string): Date => new Date(`${date}T12:00:00Z`);
const name = 'Kari Testperson';

/** Runs the real program; without a store it finds no database. */
function webhooks(store: Store | undefined, ...parameters: string[]): Promise<Ran> {
  return drop(['webhooks', ...parameters], store ? { DATABASE_URL: store.url } : {});
}

/**
 * Webhooks of sumsub: 1 handled, on the 20th; 2 dead, on the 21st; 3 received, on the 22nd. Webhook 4 of another
 * provider: received, on the 23rd.
 */
async function inbox(): Promise<Store> {
  const store = await testStore();
  const { database } = store;
  const rawBody = Buffer.from(JSON.stringify({ applicantId: 'a', person: { name, age: 33 }, tags: [name] }));
  const common = { eventType: 'applicantReviewed', rawBody };
  const sumsub = { ...common, provider: 'sumsub' };
  await storeWebhooks(store.pool, [
    { ...sumsub, deduplicationKey: '1', subject: 'one', at: day('2026-02-20') },
    { ...sumsub, deduplicationKey: '2', subject: 'two', at: day('2026-02-21') },
  ]);
  const claims = await claimWebhooks(database, day('2026-02-21'), { limit: 10, leaseMs: 1 });
  for (const claim of claims) {
    if (claim.subject === 'one') await webhooksHandled(database, [claim], day('2026-02-21'));
    else await webhookFailed(database, claim, { error: 'provider_timeout', retryAt: undefined });
  }
  await storeWebhooks(store.pool, [
    { ...sumsub, deduplicationKey: '3', subject: 'three', eventType: 'other', at: day('2026-02-22') },
    { ...common, provider: 'bank', deduplicationKey: '4', subject: 'one', at: day('2026-02-23') },
  ]);
  return store;
}

async function statesOf({ database }: Store): Promise<unknown[]> {
  const rows = await database.selectFrom('webhook_inbox').selectAll().orderBy('id').execute();
  return rows.map(({ status, attempts, failures, replay_id }) => [status, attempts, failures, replay_id]);
}

const untouched = [
  ['handled', 1, 0, null],
  ['dead', 1, 1, null],
  ['received', 0, 0, null],
  ['received', 0, 0, null],
];

test('list prints one JSON object a line, the newest first, without bodies', async () => {
  const ran = await webhooks(await inbox(), 'list', '--json');
  expect(ran.code).toBe(0);
  expect(linesOf(ran)).toMatchObject([
    { id: 4, provider: 'bank', status: 'received', subject: 'one', receivedAt: '2026-02-23T12:00:00.000Z' },
    { id: 3, eventType: 'other' },
    { id: 2, status: 'dead', attempts: 1, failures: 1, lastError: 'provider_timeout' },
    { id: 1, status: 'handled', handledAt: '2026-02-21T12:00:00.000Z' },
  ]);
  expect(ran.output).not.toContain(name);
});

test('every filter of the command line narrows the list', async () => {
  const store = await testStore();
  const webhook = { provider: 'sumsub', subject: 's', eventType: 'e', rawBody: Buffer.from('{}') };
  const at = day('2026-02-20');
  const others = [
    { provider: 'bank' },
    { subject: 'other' },
    { eventType: 'other' },
    { at: day('2026-02-19') },
    { at: day('2026-02-21') },
    { status: 'handled' as const },
  ];
  const all = [{}, {}, ...others, {}].map((other) => ({ ...webhook, at, ...other }));
  await storeWebhooks(
    store.pool,
    all.map((one, index) => ({ ...one, deduplicationKey: `${index}` })),
  );
  const handled = store.database.updateTable('webhook_inbox').set({ status: 'handled' });
  await handled.where('id', '=', all.length - 1).execute();
  const ran = await webhooks(
    ...([store, 'list', '--json', '--provider', 'sumsub', '--subject', 's', '--event-type', 'e'] as const),
    ...['--status', 'received', '--received-from', '2026-02-20', '--received-to', '2026-02-21T12:00:00Z'],
    ...['--id-from', '2', '--id-to', '8'],
  );
  expect(linesOf(ran)).toMatchObject([{ id: 2 }]);
});

test('a truncated list tells on standard error how to continue', async () => {
  const { output, errors } = await webhooks(await inbox(), 'list', '--limit', '2');
  expect([output.trim().split('\n').length, errors]).toEqual([
    3,
    'More webhooks match: npx drop webhooks list --after 3 --limit 2\n',
  ]);
});

test('count gives the number of each status of each provider', async () => {
  const store = await inbox();
  const { output } = await webhooks(store, 'count', '--json');
  expect(JSON.parse(output)).toEqual({
    bank: { received: 1, handled: 0, dead: 0 },
    sumsub: { received: 1, handled: 1, dead: 1 },
  });
  const dead = await webhooks(store, 'count', '--status', 'dead', '--json');
  expect(JSON.parse(dead.output)).toEqual({ sumsub: { dead: 1 } });
  const none = await webhooks(store, 'count', '--provider', 'nobody', '--json');
  expect([none.code, JSON.parse(none.output)]).toEqual([0, {}]);
});

test('show prints the metadata and the structure of the body, and the body only on request', async () => {
  const store = await inbox();
  const redacted = await webhooks(store, 'show', '2', '--json');
  expect(JSON.parse(redacted.output)).toMatchObject({
    id: 2,
    deduplicationKey: '2',
    lastError: 'provider_timeout',
    bodyRedacted: { applicantId: 'string', person: { name: 'string', age: 'number' }, tags: ['string'] },
  });
  const inText = await webhooks(store, 'show', '2');
  for (const { output, errors } of [redacted, inText]) expect(output + errors).not.toContain(name);
  const whole = await webhooks(store, 'show', '2', '--body', '--json', '--reason', 'alert', '--as', 'ida');
  expect(whole.output).toContain(name);
  expect(whole.errors).toBe('access logged: ida, reason: alert\n');
  const accesses = store.database.selectFrom('customer_access_log').selectAll();
  expect(await accesses.execute()).toMatchObject([
    { user_id: null, actor_name: 'ida', what: 'webhook_body', subject: '2', why: 'alert' },
  ]);
});

test('a body without a reason is not shown', async () => {
  const { code, output, errors } = await webhooks(undefined, 'show', '2', '--body');
  expect([code, output]).toEqual([2, '']);
  expect(errors).toContain('--body requires --reason');
});

test('an unknown webhook is not found', async () => {
  const { code, output, errors } = await webhooks(await inbox(), 'show', '99', '--json');
  expect([code, output, errors]).toEqual([1, '', 'There is no webhook 99.\n']);
});

test('a dry run of a replay counts and changes nothing', async () => {
  const store = await inbox();
  const { code, output } = await webhooks(store, 'replay', '--provider', 'sumsub', '--dry-run', '--json');
  expect([code, JSON.parse(output)]).toEqual([0, { dryRun: true, matched: 2, replayed: 0 }]);
  expect(await statesOf(store)).toEqual(untouched);
  expect(await store.database.selectFrom('webhook_replays').selectAll().execute()).toEqual([]);
});

test('a replay queues handled and dead webhooks again, and records filters, reason and operator', async () => {
  const store = await inbox();
  const why = ['--reason', 'Sumsub was down', '--as', 'ida'];
  const parameters = ['--provider', 'sumsub', '--yes', ...why, '--json'];
  const { output } = await webhooks(store, 'replay', ...parameters);
  expect(JSON.parse(output)).toEqual({ dryRun: false, matched: 2, replayed: 2, replayId: 1 });
  expect((await statesOf(store)).slice(0, 2)).toEqual([
    ['received', 1, 0, 1],
    ['received', 1, 0, 1],
  ]);
  const runs = await store.database.selectFrom('webhook_replays').selectAll().execute();
  expect(runs).toMatchObject([
    { id: 1, reason: 'Sumsub was down', filters: { provider: 'sumsub' }, webhooks: 2, replayed_by: 'ida' },
  ]);
  const shown = await webhooks(store, 'show', '1', '--json');
  expect(JSON.parse(shown.output)).toMatchObject({ replayedBy: 'ida', replayReason: 'Sumsub was down' });
  const due = await claimWebhooks(store.database, new Date('2100-01-01'), { limit: 10, leaseMs: 1 });
  expect(due.map(({ id }) => id).toSorted()).toEqual(['1', '2', '3', '4']);
});

test('a claim from before a replay has no effect after it', async () => {
  const store = await testStore();
  const rawBody = Buffer.from('{}');
  const webhook = { provider: 'sumsub', deduplicationKey: '1', subject: 's', eventType: 'e', rawBody };
  await storeWebhooks(store.pool, [{ ...webhook, at: day('2026-02-20') }]);
  const now = day('2026-02-21');
  const [before] = await claimWebhooks(store.database, now, { limit: 1, leaseMs: 1 });
  await webhooksHandled(store.database, before ? [before] : [], now);
  await webhooks(store, 'replay', '--provider', 'sumsub', '--yes', '--reason', 'a test');
  await claimWebhooks(store.database, new Date('2100-01-01'), { limit: 1, leaseMs: 1 });
  expect(await webhooksHandled(store.database, before ? [before] : [], now)).toEqual([false]);
});

test('a replay takes at most as many webhooks as its limit, the oldest first', async () => {
  const store = await inbox();
  const parameters = ['--provider', 'sumsub', '--limit', '1', '--yes', '--reason', 'a test', '--json'];
  const { output } = await webhooks(store, 'replay', ...parameters);
  expect(JSON.parse(output)).toMatchObject({ matched: 2, replayed: 1 });
  expect((await statesOf(store)).map((state) => (state as unknown[])[0])).toEqual([
    ...['received', 'dead', 'received', 'received'],
  ]);
});

test.each([
  ['neither a dry run nor a yes', ['--status', 'dead'], 'give either --dry-run or --yes'],
  ['both', ['--status', 'dead', '--dry-run', '--yes'], 'give either --dry-run or --yes'],
  ['no filter', ['--yes', '--reason', 'a test'], 'give at least one filter'],
  ['no reason', ['--status', 'dead', '--yes'], '--yes requires --reason'],
  ['an empty reason', ['--status', 'dead', '--yes', '--reason', ' '], '--yes requires --reason'],
  ['what is received', ['--status', 'received', '--dry-run'], 'handled without a replay'],
  ['an unknown status', ['--status', 'lost', '--dry-run'], 'Allowed choices are received, handled, dead'],
  ['a time without a zone', ['--received-from', '2026-02-23T14:30', '--dry-run'], 'a time with its zone'],
  ['an id that is none', ['--id-from', '-1', '--dry-run'], 'It must be a whole number'],
])('a replay with %s is a wrong command line, and changes nothing', async (_case, parameters, problem) => {
  const store = await inbox();
  const { code, output, errors } = await webhooks(store, 'replay', ...parameters);
  expect([code, output, errors]).toEqual([2, '', expect.stringContaining(problem)]);
  expect(await statesOf(store)).toEqual(untouched);
});

test('without a database the error names what is missing', async () => {
  const { code, output, errors } = await webhooks(undefined, 'count');
  expect([code, output, errors]).toEqual([1, '', expect.stringContaining('No DATABASE_URL is set')]);
});

test.each(['list', 'count', 'show', 'replay'])(
  'the help of %s has examples and the exit codes',
  async (command) => {
    const { code, output } = await webhooks(undefined, command, '--help');
    expect(code).toBe(0);
    expect(output).toContain(`npx drop webhooks ${command}`);
    expect(output).toContain('Exit codes: 0 success, 1 failure, 2 wrong use of the command line.');
  },
);
