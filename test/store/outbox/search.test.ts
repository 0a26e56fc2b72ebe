import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { claimEntries, settleEntry } from '#store/outbox/claims.ts';
import { addEntries } from '#store/outbox/entries.ts';
import { listEntries, outboxState } from '#store/outbox/search.ts';
import { testStore } from '../../support/database.ts';

const at = new Date('2026-02-23T14:30:00Z');
const laterAt = new Date('2026-02-23T14:31:00Z');

test('the state has what waits and what was given up, and no message of the app', async () => {
  const { database } = await testStore();
  const message = { code: 'made_up', parameters: {} };
  for (const [channel, recipient, written] of [
    ['app', 'user:a', at],
    ['mail', 'user:a', at],
    ['mail', 'user:b', laterAt],
    ['mail', 'user:c', laterAt],
  ] as const)
    await addEntries(database, [{ ...message, id: randomUUID(), channel, recipient, at: written }]);
  const options = { channel: 'mail', codes: ['made_up'], limit: 1, leaseMs: 1, claim: randomUUID() } as const;
  const [first] = await claimEntries(database, at, options);
  expect(await outboxState(database)).toEqual([{ channel: 'mail', waiting: 3, dead: 0, oldestAt: at }]);
  if (first) await settleEntry(database, first, { status: 'dead', at });
  expect(await outboxState(database)).toEqual([{ channel: 'mail', waiting: 2, dead: 1, oldestAt: laterAt }]);
});

test('the state reads no message that was sent', async () => {
  const { database, pool } = await testStore();
  await pool.query(`
    insert into outbox (id, channel, recipient, code, parameters, created_at, status, settled_at)
    select gen_random_uuid(), 'mail', 'user:' || n, 'made_up', '{}', now(), 'delivered', now()
    from generate_series(1, 5000) as n
  `);
  await pool.query('analyze outbox');
  const scans = await database.transaction().execute(async (transaction) => {
    await outboxState(transaction);
    const { rows } = await sql<{ scans: number }>`
      select pg_stat_get_xact_numscans('outbox'::regclass) as scans
    `.execute(transaction);
    return rows[0]?.scans;
  });
  expect(scans).toBe(0);
});

test('the messages of a user include those to one of their addresses, and no pattern is read in the id', async () => {
  const { database } = await testStore();
  const message = { code: 'made_up', parameters: {}, channel: 'mail', at } as const;
  for (const recipient of ['user:a', 'user:a address:1', 'user:ab'])
    await addEntries(database, [{ ...message, id: randomUUID(), recipient }]);
  const recipientsOf = async (userId: string) =>
    (await listEntries(database, { userId }, 10)).map(({ recipient }) => recipient);
  expect(await recipientsOf('a')).toEqual(['user:a address:1', 'user:a']);
  expect(await recipientsOf('a%')).toEqual([]);
});
