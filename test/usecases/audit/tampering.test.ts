import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createRootSigner, readStatement } from '#domain/audit/root.ts';
import { Secret } from '#domain/secret.ts';
import { findRoot } from '#store/audit/roots.ts';
import { auditDay, dayAfter } from '#domain/audit/day.ts';
import { auditedTrail, type Trail } from './trail.ts';
import { rewrite } from './rewrite.ts';

/** A trail of several days, and the ids of its payments. */
async function sealedTrail(): Promise<{ trail: Trail; id: string; other: string; first: string }> {
  const trail = await auditedTrail();
  const first = auditDay(trail.bank.context.clock.now());
  await trail.pay();
  await trail.nextDay();
  await trail.nextDay();
  await trail.nextDay();
  const id = await trail.pay();
  const other = await trail.pay('rejected');
  await trail.call(3);
  await trail.nextDay();
  return { trail, id, other, first };
}

/** Changes of the database, with what is found. `$id` is a settled payment. */
const changes: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'the amount of a payment',
    "update transactions set amount = 1 where id = '$id'",
    ['order_changed', 'row_changed'],
  ],
  [
    'the receiver of a payment',
    "update transactions set creditor_account_number = '12345678911' where id = '$id'",
    ['order_changed', 'row_changed'],
  ],
  [
    'the status of a payment',
    "update transactions set status = 'rejected' where id = '$id'",
    ['settled_at_changed', 'status_changed', 'told_wrongly'],
  ],
  [
    'a report that was changed',
    "update transaction_events set evidence = 'poll' where transaction_id = '$id'",
    ['row_changed'],
  ],
  [
    'a report that was removed',
    "delete from transaction_events where transaction_id = '$id' and status = 'awaiting_authorisation'",
    ['row_removed'],
  ],
  [
    'a report that was added',
    `insert into transaction_events (transaction_id, status, evidence, outcome, at)
      select id, status, 'poll', 'contradiction', updated_at from transactions where id = '$id'`,
    ['row_added'],
  ],
  [
    'a message that was changed',
    "update outbox set code = 'payment_failed' where channel = 'app'",
    ['not_told', 'row_changed', 'told_wrongly'],
  ],
  ['a message that was removed', "delete from outbox where channel = 'app'", ['row_removed']],
  [
    'a call that was changed',
    'update outbound_calls set status = 500 where id = (select max(id) from outbound_calls)',
    ['row_changed'],
  ],
  [
    'a call that was removed',
    'delete from outbound_calls where id = (select max(id) from outbound_calls)',
    ['row_removed'],
  ],
  [
    'an entry that was changed',
    "update audit_entries set at = at + interval '1 hour' where chain = 'payment:$id' and sequence = 1",
    ['entry_changed'],
  ],
  [
    'an entry that was removed',
    "delete from audit_entries where chain = 'payment:$id' and sequence = 2",
    ['chain_broken', 'day_changed', 'row_added'],
  ],
  [
    'the last entry of a chain that was removed with all that tells of it',
    `delete from audit_entries where chain = 'payment:$id' and kind <> 'order';
      delete from transaction_events where transaction_id = '$id';
      delete from outbox where parameters ->> 'paymentId' = '$id';
      update transactions set status = 'created', settled_at = null where id = '$id'`,
    ['chain_broken', 'day_changed'],
  ],
  [
    'an entry that was inserted',
    `insert into audit_entries (chain, sequence, kind, rows, at, day, digest, previous, hash, salt)
      select chain, 99, kind, rows, at, day, digest, hash, hash, salt from audit_entries
      where chain = 'payment:$id' and sequence = 2`,
    ['chain_broken', 'day_changed', 'entry_changed'],
  ],
  [
    'a payment that was removed with its chain',
    `delete from audit_entries where chain = 'payment:$id';
      delete from transaction_events where transaction_id = '$id';
      delete from outbox where parameters ->> 'paymentId' = '$id';
      delete from transactions where id = '$id'`,
    ['chain_broken', 'day_changed'],
  ],
  [
    'a chain that was removed, and its payment left',
    "delete from audit_entries where chain = 'payment:$id'",
    ['chain_broken', 'day_changed', 'row_added'],
  ],
  [
    'a payment that was added',
    `insert into transactions select (jsonb_populate_record(null::transactions, to_jsonb(payment) || jsonb_build_object(
      'id', gen_random_uuid(), 'idempotency_key', 'x', 'payment_id', null, 'state_hash', '\\x00'))).*
      from transactions as payment where id = '$id'`,
    ['row_added'],
  ],
  [
    'a signature that was changed',
    'update audit_roots set signature = reverse(signature)',
    ['file_differs', 'root_changed'],
  ],
  [
    'salts that were removed',
    "update audit_entries set salt = null where chain = 'payment:$id'",
    ['salt_removed'],
  ],
  [
    'a root that was changed',
    "update audit_roots set statement = statement || ' '",
    ['file_differs', 'root_changed'],
  ],
];

test('each change of what was recorded, and of the record, is found for what it is', async () => {
  const { trail, id } = await sealedTrail();
  const restore = await trail.keep();
  const found: Record<string, string[]> = {};
  for (const [name, statement] of changes) {
    await trail.tamper(statement.replaceAll('$id', id));
    found[name] = await trail.faults();
    await restore();
  }
  expect(found).toEqual(Object.fromEntries(changes.map(([name, , faults]) => [name, faults])));
  expect(await trail.faults()).toEqual([]);
});

test('entries that were exchanged are found', async () => {
  const { trail, id } = await sealedTrail();
  const move = (from: number, to: number): string =>
    `update audit_entries set sequence = ${to} where chain = 'payment:${id}' and sequence = ${from}`;
  await trail.tamper([move(2, 99), move(3, 2), move(99, 3)].join(';'));
  expect(await trail.faults()).toContain('chain_broken');
});

test('a finding names the payment and the entry', async () => {
  const { trail, id, other } = await sealedTrail();
  await trail.tamper(`update transactions set bank_name = 'x' where id = '${id}'`);
  const place = { payment: id, chain: `payment:${id}`, sequence: 1, row: `transactions ${id}` };
  expect((await trail.verify()).findings).toEqual([{ fault: 'row_changed', ...place }]);
  expect((await trail.verify({ payment: id })).found).toBe(1);
  expect((await trail.verify({ payment: other })).found).toBe(0);
});

test('a payment that was removed with its chain is named by the stored list of heads', async () => {
  const { trail, id } = await sealedTrail();
  const lost = `delete from audit_entries where chain = 'payment:${id}'`;
  await trail.tamper(`${lost}; delete from transaction_events where transaction_id = '${id}';
    delete from outbox where parameters ->> 'paymentId' = '${id}'; delete from transactions where id = '${id}'`);
  const { findings } = await trail.verify();
  expect(findings).toContainEqual(expect.objectContaining({ fault: 'chain_broken', payment: id }));
});

test('a chain that was written anew with the right hashes is found by the root of its day', async () => {
  const { trail, id } = await sealedTrail();
  await rewrite(trail, `payment:${id}`);
  expect(await trail.faults()).toEqual(expect.arrayContaining(['day_changed', 'chain_broken']));
});

test('a root that is signed with another key is found', async () => {
  const { trail, first } = await sealedTrail();
  const { database } = trail.bank.context.store;
  const root = await findRoot(database, first);
  const statement = readStatement(root?.statement ?? '');
  if (!statement) throw new RangeError('the first day has a root');
  const stranger = createRootSigner(new Secret(createHash('sha256').update('x').digest('base64')));
  const { publicKey, signature } = stranger.sign(statement);
  await trail.tamper(
    `update audit_roots set public_key = '${publicKey}', signature = '${signature}' where day = '${first}'`,
  );
  expect(await trail.faults()).toEqual(['file_differs', 'key_unknown']);
});

test('the last roots are missed where they were removed', async () => {
  const { trail, first } = await sealedTrail();
  await trail.tamper(`delete from audit_roots where day > '${first}'`);
  expect(await trail.faults()).toEqual(['root_missing']);
});

test('a trail that was removed whole is missed by the stored roots', async () => {
  const { trail } = await sealedTrail();
  await trail.tamper('delete from audit_roots; delete from audit_days; delete from audit_entries');
  expect(await trail.faults()).toEqual(expect.arrayContaining(['root_missing']));
});

test('a stored root that is gone, or says something else, is found', async () => {
  const { trail, first } = await sealedTrail();
  await writeFile(join(trail.directory, `${first}.json`), '{}');
  await rm(join(trail.directory, `${dayAfter(first)}.json`));
  expect(await trail.faults()).toEqual(['file_differs', 'file_missing']);
});

test('what was done before the second day after the first root may have no entry', async () => {
  const trail = await auditedTrail();
  await trail.pay();
  await trail.nextDay();
  const { id } = (
    await sql<{ id: string }>`select id from transactions`.execute(trail.bank.context.store.database)
  ).rows[0] ?? { id: '' };
  const added = `insert into transaction_events (transaction_id, status, evidence, outcome, at)
    select id, status, 'poll', 'contradiction', updated_at from transactions where id = '${id}'`;
  await trail.tamper(added);
  expect(await trail.faults()).toEqual([]);
});
