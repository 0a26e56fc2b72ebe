import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { eraseSalts } from '#store/audit/erase.ts';
import { insertVerdictChange } from '#store/kyc/verdict-changes.ts';
import { addRoutingChange } from '#store/routing/changes.ts';
import { explainVerification } from '#usecases/operate/verification.ts';
import { retryDead } from '#usecases/operate/outbox.ts';
import { applyReport } from '#usecases/payments/report.ts';
import { report } from '../banking/made-up-bank.ts';
import { auditedTrail, dayMs, type Trail } from './trail.ts';

async function kinds({ bank }: Trail, chain = '%'): Promise<string[]> {
  const { rows } = await sql<{ kind: string }>`
    select kind from audit_entries where chain like ${chain} order by at, chain, sequence
  `.execute(bank.context.store.database);
  return rows.map(({ kind }) => kind);
}

test('a payment is linked with its order, its moves and what its customer was told', async () => {
  const trail = await auditedTrail();
  const id = await trail.pay();
  expect(await kinds(trail, `payment:${id}`)).toEqual(['order', 'move', 'move', 'notice']);
});

test('a payment and its first entry are written together or not at all', async () => {
  const trail = await auditedTrail();
  await trail.tamper(`insert into audit_entries (chain, sequence, kind, rows, at, day, digest, previous, hash)
    select 'payment:' || id, 1, 'x', '', now(), '2020-01-01', '', '', '' from users limit 0;
    alter table audit_entries add constraint refused check (kind <> 'order')`);
  await expect(trail.pay()).rejects.toThrow('refused');
  const { database } = trail.bank.context.store;
  expect(await database.selectFrom('transactions').select('id').execute()).toEqual([]);
});

test('reports that arrive at once are linked one after the other', async () => {
  const trail = await auditedTrail();
  const id = await trail.pay('awaiting_authorisation');
  const statuses = ['authorised', 'processing', 'settled', 'rejected', 'cancelled', 'authorised'] as const;
  await Promise.all(
    statuses.map((status) =>
      applyReport(trail.bank.context, id, {
        report: report({ reference: 'payment-1', status }),
        evidence: 'poll',
      }),
    ),
  );
  expect(await trail.faults()).toEqual([]);
  expect((await kinds(trail, `payment:${id}`)).length).toBeGreaterThan(2);
});

test('acts of operators, verdicts and the routing are linked', async () => {
  const trail = await auditedTrail();
  const { context, user } = trail.bank;
  const { database } = context.store;
  const at = context.clock.now();
  const change = {
    kind: 'apply',
    policy: undefined,
    restores: undefined,
    at,
    by: 'ida',
    reason: 'test',
  } as const;
  await addRoutingChange(database, { ...change, version: 1 }, 'salt 1');
  await addRoutingChange(database, { ...change, version: 2 }, 'salt 2');
  expect(await addRoutingChange(database, { ...change, version: 2 }, 'salt 3')).toBe(false);
  await insertVerdictChange(database, {
    userId: user.id,
    levelName: 'level',
    applicantId: 'applicant',
    evidence: 'webhook',
    from: 'pending',
    verdict: { status: 'approved', canRetry: false, labels: [], customerComment: undefined },
    presence: 'present',
    review: undefined,
    checks: [{ name: 'IDENTITY', outcome: 'passed', rejectLabels: [] }],
    at,
    salt: 'salt 4',
  });
  await explainVerification(context, user.id, { actorName: 'ida', reason: 'a complaint' });
  await retryDead(context, {}, { limit: 10, dryRun: false, actorName: 'ida' });
  expect((await kinds(trail)).sort()).toEqual(['access', 'retry', 'routing', 'routing', 'verdict']);
  expect(await trail.faults()).toEqual([]);
});

test.each([
  ['update audit_entries set at = now()', 'audit_entries'],
  ["update audit_entries set salt = 'other'", 'audit_entries'],
  ['delete from audit_entries', 'audit_entries'],
  ['truncate audit_entries', 'audit_entries'],
  ["update audit_roots set signature = ''", 'audit_roots'],
  ['delete from audit_roots', 'audit_roots'],
  ['delete from audit_days', 'audit_days'],
])('the database refuses %s', async (statement, table) => {
  const trail = await auditedTrail();
  await trail.pay();
  const refused = sql.raw(statement).execute(trail.bank.context.store.database);
  await expect(refused).rejects.toThrow(`${table} is only ever added to`);
});

test('the entries of a customer who is gone, and of no other, are told as erased, and the chains hold', async () => {
  const trail = await auditedTrail();
  const id = await trail.pay();
  await trail.nextDay();
  const { context, user } = trail.bank;
  await context.store.database.transaction().execute(async (transaction) => {
    await eraseSalts(transaction, {
      subject: user.id,
      at: context.clock.now(),
      salt: context.entropy.token(),
    });
    await sql`update transactions set creditor_name = '', kid = null where id = ${id}`.execute(transaction);
    await sql`delete from outbox where user_id = ${user.id}`.execute(transaction);
  });
  await trail.nextDay();
  expect(await trail.faults(), 'the customer is still there').toEqual(['salt_removed']);
  await trail.tamper(`delete from users where id = '${user.id}'`);
  expect(await trail.verify()).toMatchObject({ findings: [], erased: 4 });
  await trail.tamper(`delete from audit_entries where chain = 'payment:${id}' and sequence = 3`);
  expect(await trail.faults()).toContain('chain_broken');
});

test('messages and calls that Drop has deleted in due time are told as expired', async () => {
  const trail = await auditedTrail();
  await trail.pay();
  await trail.call(2);
  const { context } = trail.bank;
  context.clock.advance(12 * dayMs);
  await trail.nextDay();
  await trail.tamper('delete from outbound_calls');
  expect(await trail.faults()).toEqual(['row_removed']);
  context.clock.advance(78 * dayMs);
  await trail.nextDay();
  await trail.tamper('delete from outbox');
  expect(await trail.verify()).toMatchObject({ findings: [], expired: 2 });
});
