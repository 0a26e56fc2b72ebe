import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { canonicalJson } from '#domain/audit/canonical.ts';
import { auditDay, dayAfter } from '#domain/audit/day.ts';
import { isSigned, readStatement, statementHash } from '#domain/audit/root.ts';
import { sealDays } from '#usecases/audit/seal-days.ts';
import { watchAudit } from '#usecases/audit/watch.ts';
import { newAlerts } from '../../support/alerts.ts';
import { auditedTrail, dayMs, type Trail } from './trail.ts';

const going = new AbortController().signal;

async function roots({ bank }: Trail) {
  const rows = await bank.context.store.database
    .selectFrom('audit_roots')
    .selectAll()
    .orderBy('day')
    .execute();
  return rows.map((row) => ({ ...row, publicKey: row.public_key, stated: readStatement(row.statement) }));
}

test('the root of a day is signed, names the one before, and is in the database, the log and the storage', async () => {
  const trail = await auditedTrail();
  await trail.pay();
  await trail.nextDay();
  await trail.nextDay();
  const [first, second] = await roots(trail);
  expect(first?.stated).toMatchObject({ chains: 1, previous: '' });
  expect(second?.stated).toMatchObject({
    chains: 0,
    entries: 0,
    previous: statementHash(first?.statement ?? ''),
  });
  expect(first && isSigned(first)).toBe(true);
  const stored = JSON.parse((await trail.files.read(`${first?.day}.json`)) ?? '') as unknown;
  expect(stored).toMatchObject({ statement: first?.statement, signature: first?.signature });
  expect(trail.bank.context.logged).toContainEqual({
    level: 'info',
    message: 'the audit trail of a day was signed',
    details: expect.objectContaining({ day: first?.day, signature: first?.signature }),
  });
});

test('days that were missed are signed in order', async () => {
  const trail = await auditedTrail();
  await trail.pay();
  const day = auditDay(trail.bank.context.clock.now());
  trail.bank.context.clock.advance(3 * dayMs);
  await trail.nextDay();
  expect((await roots(trail)).map((root) => root.day)).toEqual(
    [0, 1, 2, 3].map((days) => dayAfter(day, days)),
  );
  expect(await trail.faults()).toEqual([]);
});

test('a run that dies after it has stored the root is done again, and there is one root', async () => {
  const trail = await auditedTrail();
  await trail.pay();
  const { context } = trail.bank;
  context.clock.advance(dayMs);
  await trail.tamper('alter table audit_roots rename to hidden');
  await expect(sealDays(context, going)).rejects.toThrow('audit_roots');
  await trail.tamper('alter table hidden rename to audit_roots');
  await sealDays(context, going);
  expect(await roots(trail)).toHaveLength(1);
  expect(await trail.faults()).toEqual([]);
});

test('two processes that sign at once come to one root', async () => {
  const trail = await auditedTrail();
  await trail.pay();
  const { context } = trail.bank;
  context.clock.advance(dayMs);
  await Promise.all([sealDays(context, going), sealDays(context, going)]);
  expect(await roots(trail)).toHaveLength(1);
  expect(await trail.faults()).toEqual([]);
});

test('an entry that comes after its day was closed belongs to the next', async () => {
  const trail = await auditedTrail();
  await trail.pay();
  const { context } = trail.bank;
  const day = auditDay(context.clock.now());
  context.clock.advance(dayMs);
  await sealDays(context, going);
  context.clock.advance(-dayMs);
  await trail.pay();
  const { rows } = await sql<{ day: string; count: number }>`
    select day, count(*)::integer as count from audit_entries where kind = 'order' group by day order by day
  `.execute(context.store.database);
  expect(rows).toEqual([
    { day, count: 1 },
    { day: dayAfter(day), count: 1 },
  ]);
});

test('another root in the storage is not replaced, and operators are alerted', async () => {
  const trail = await auditedTrail();
  await trail.pay();
  const { context } = trail.bank;
  const heard = newAlerts(context);
  const day = auditDay(context.clock.now());
  await writeFile(join(trail.directory, `${day}.json`), 'forged');
  await trail.nextDay();
  await sealDays(context, going);
  expect(await roots(trail)).toEqual([]);
  expect(await trail.files.read(`${day}.json`)).toBe('forged');
  expect((await heard()).map(({ title }) => title)).toEqual(['The audit trail is broken']);
});

test('each night the day before is verified; the alert is over when the day is whole again', async () => {
  const trail = await auditedTrail();
  const { context } = trail.bank;
  const heard = newAlerts(context);
  const night = async (): Promise<string[]> => {
    await watchAudit(context, going);
    return (await heard()).filter(({ title }) => title.includes('audit')).map(({ title }) => title);
  };
  const id = await trail.pay();
  await trail.nextDay();
  expect(await night()).toEqual([]);
  await trail.tamper(`update transactions set amount = amount + 1 where id = '${id}'`);
  expect(await night()).toEqual(['The audit trail is broken']);
  await trail.tamper(`update transactions set amount = amount - 1 where id = '${id}'`);
  await trail.nextDay();
  expect(await night()).toEqual(['Over: The audit trail is broken']);
});

test('the root is kept in the bucket, and another one there is not replaced', async () => {
  const trail = await auditedTrail();
  await trail.pay();
  const { context } = trail.bank;
  const heard = newAlerts(context);
  // As a bucket, whose addresses Drop does not serve.
  const { served, ...files } = context.services.files;
  expect(served).toBeDefined();
  context.services.files = files;
  const first = auditDay(context.clock.now());
  await trail.nextDay();
  const [root] = await roots(trail);
  const stored = { statement: root?.statement, publicKey: root?.publicKey, signature: root?.signature };
  expect(await files.records.keep(`audit/${first}.json`, canonicalJson(stored))).toBe('kept');
  expect(await files.records.keep(`audit/${dayAfter(first)}.json`, 'forged')).toBe('kept');
  await trail.nextDay();
  expect(await roots(trail)).toHaveLength(1);
  expect((await heard()).map(({ title }) => title)).toEqual(['The audit trail is broken']);
});
