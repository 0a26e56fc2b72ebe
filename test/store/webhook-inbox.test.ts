import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import type { ClaimedWebhook, NewWebhook } from '#inbox/storage.ts';
import { claimWebhooks, storeWebhooks, webhookFailed, webhooksHandled } from '#store/inbox/inbox.ts';
import { replayWebhooks } from '#store/inbox/replay.ts';
import { openStore, type Queries, type Store } from '#store/database.ts';
import { testStore } from '../support/database.ts';

const at = new Date('2026-02-23T14:30:00Z');
const later = (seconds: number): Date => new Date(at.getTime() + seconds * 1000);
const lease = { limit: 10, leaseMs: 60_000 };

function webhookOf(deduplicationKey: string, subject = 'payment-1'): NewWebhook {
  const rawBody = Buffer.from('{}');
  return { provider: 'test', deduplicationKey, subject, eventType: 'changed', rawBody, at };
}

function store({ pool }: Store, deduplicationKey: string, subject?: string): Promise<boolean[]> {
  return storeWebhooks(pool, [webhookOf(deduplicationKey, subject)]);
}

/** Claims the only due webhook. */
async function claimOne(queries: Queries, now: Date): Promise<ClaimedWebhook> {
  const [claimed, ...others] = await claimWebhooks(queries, now, lease);
  if (!claimed || others.length > 0) throw new RangeError('not exactly one webhook is due');
  return claimed;
}

test('a webhook that arrives twice is stored once', async () => {
  const opened = await testStore();
  const { database } = opened;
  expect(await store(opened, 'a')).toEqual([true]);
  expect(await store(opened, 'a')).toEqual([false]);
  expect(await claimWebhooks(database, at, lease)).toHaveLength(1);
});

test('a claimed webhook is not claimed again while the lease lasts, and is after it', async () => {
  const opened = await testStore();
  const { database } = opened;
  await store(opened, 'a');
  expect(await claimWebhooks(database, at, lease)).toHaveLength(1);
  expect(await claimWebhooks(database, later(59), lease)).toHaveLength(0);
  expect(await claimWebhooks(database, later(60), lease)).toHaveLength(1);
});

test('webhooks of one subject are claimed one at a time, and those of other subjects meanwhile', async () => {
  const opened = await testStore();
  const { database } = opened;
  await store(opened, 'a', 'payment-1');
  await store(opened, 'b', 'payment-1');
  await store(opened, 'c', 'payment-2');
  const first = await claimWebhooks(database, at, lease);
  expect(first.map(({ subject }) => subject).sort()).toEqual(['payment-1', 'payment-2']);
  expect(await webhooksHandled(database, first, at)).toEqual([true, true]);
  expect(await claimWebhooks(database, at, lease)).toHaveLength(1);
});

test('a failed webhook waits for its retry time, and a dead one is not claimed again', async () => {
  const opened = await testStore();
  const { database } = opened;
  await store(opened, 'a');
  const failure = { error: 'provider_unavailable', retryAt: later(5) };
  expect(await webhookFailed(database, await claimOne(database, at), failure)).toBe(true);
  expect(await claimWebhooks(database, later(4), lease)).toHaveLength(0);
  const second = await claimOne(database, later(5));
  expect(second).toMatchObject({ attempts: 2, failures: 1 });
  expect(await webhookFailed(database, second, { ...failure, retryAt: undefined })).toBe(true);
  expect(await claimWebhooks(database, later(3600), lease)).toHaveLength(0);
});

test('two processes that claim at once share the webhooks', async () => {
  const opened = await testStore();
  const { database } = opened;
  for (let number = 0; number < 20; number += 1) await store(opened, `${number}`, `payment-${number}`);
  const claims = await Promise.all([claimWebhooks(database, at, lease), claimWebhooks(database, at, lease)]);
  const ids = claims.flat().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBe(20);
});

test('a claim that another worker has taken over has no effect', async () => {
  const opened = await testStore();
  const { database } = opened;
  await store(opened, 'a');
  const lost = await claimOne(database, at);
  const held = await claimOne(database, later(60));
  expect(await webhooksHandled(database, [lost], at)).toEqual([false]);
  expect(await webhookFailed(database, lost, { error: 'late', retryAt: undefined })).toBe(false);
  expect(await webhooksHandled(database, [lost, held], at)).toEqual([false, true]);
});

test('a lease counts as lost only when it ended without a reported result', async () => {
  const opened = await testStore();
  const { database } = opened;
  await store(opened, 'a');
  expect(await claimOne(database, at)).toMatchObject({ isLeaseLost: false });
  const second = await claimOne(database, later(60));
  expect(second).toMatchObject({ isLeaseLost: true, failures: 0 });
  await webhookFailed(database, second, { error: 'lease_lost', retryAt: later(61) });
  const third = await claimOne(database, later(61));
  expect(third).toMatchObject({ isLeaseLost: false, failures: 1 });
  await webhooksHandled(database, [third], later(62));
  const replay = {
    salt: 'salt',
    filters: { subject: 'payment-1' },
    reason: 'a test',
    by: 'ida',
    limit: 1,
    at: later(63),
  };
  expect(await replayWebhooks(database, replay)).toMatchObject({ replayed: 1 });
  expect(await claimOne(database, later(63))).toMatchObject({ isLeaseLost: false, failures: 0 });
});

test('a claim is used once: a handled webhook stays handled', async () => {
  const opened = await testStore();
  const { database } = opened;
  await store(opened, 'a');
  const claim = await claimOne(database, at);
  expect(await webhooksHandled(database, [claim], at)).toEqual([true]);
  expect(await webhooksHandled(database, [claim], at)).toEqual([false]);
  expect(await webhookFailed(database, claim, { error: 'late', retryAt: later(5) })).toBe(false);
});

test('a webhook that has failed three times no longer blocks later ones of its subject', async () => {
  const opened = await testStore();
  const { database } = opened;
  await store(opened, 'first');
  await store(opened, 'second');
  for (let failure = 1; failure <= 3; failure += 1) {
    const now = later(failure * 10);
    const first = await claimOne(database, now);
    await webhookFailed(database, first, { error: 'provider_timeout', retryAt: later(failure * 10 + 5) });
  }
  expect(await claimOne(database, later(31))).toMatchObject({ attempts: 1 });
});

test('the ids of webhooks stored together follow their order, and only new ones are reported as new', async () => {
  const opened = await testStore();
  const { database } = opened;
  await store(opened, 'b');
  const together = ['c', 'b', 'a', 'c'].map((key) => webhookOf(key));
  expect(await storeWebhooks(opened.pool, together)).toEqual([true, false, true, false]);
  const rows = await database.selectFrom('webhook_inbox').selectAll().orderBy('id').execute();
  expect(rows.map((row) => row.deduplication_key)).toEqual(['b', 'c', 'a']);
});

/** Blocks the insertion of a second row until `open` is called. */
async function gateAfterTheFirstRow({ database, pool }: Store): Promise<{ open: () => Promise<void> }> {
  await sql`
    create function wait_at_gate() returns trigger language plpgsql as $$ begin
      if current_setting('gate.passed', true) = 'one' then perform pg_advisory_xact_lock_shared(1); end if;
      perform set_config('gate.passed', 'one', true);
      return new;
    end $$
  `.execute(database);
  await sql`
    create trigger gate before insert on webhook_inbox for each row execute function wait_at_gate()
  `.execute(database);
  const keeper = await pool.connect();
  await keeper.query('select pg_advisory_lock(1)');
  return {
    async open() {
      await keeper.query('select pg_advisory_unlock(1)');
      keeper.release();
    },
  };
}

/** Polls until `count` connections wait for a lock. */
async function untilWaiting({ database }: Store, count: number): Promise<void> {
  for (let waiting = 0; waiting < count;) {
    const { rows } = await sql<{ waiting: number }>`
      select count(*)::integer as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'
    `.execute(database);
    waiting = rows[0]?.waiting ?? 0;
  }
}

test('two processes that store the same webhooks in opposite orders do not deadlock', async () => {
  const opened = await testStore();
  const other = openStore(opened.url);
  onTestFinished(() => other.close());
  const gate = await gateAfterTheFirstRow(opened);
  const together = ['a', 'b'].map((key) => webhookOf(key));
  const storing = [storeWebhooks(opened.pool, together), storeWebhooks(other.pool, together.toReversed())];
  await untilWaiting(opened, 2);
  await gate.open();
  expect((await Promise.all(storing)).toSorted()).toEqual([
    [false, false],
    [true, true],
  ]);
});
