import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import type { FlagSetting } from '#domain/flags/evaluate.ts';
import { listFlags, setFlag } from '#usecases/operate/flags.ts';
import { flagSettingsMax } from '#store/flags.ts';
import { createFlags } from '#usecases/flags/flags.ts';
import { flagAgeMsMax, type FlagSource } from '#usecases/flags/provider.ts';
import { auditedTrail } from '../audit/trail.ts';
import { customer, testContext } from '../../support/context.ts';

const act = { flag: 'cards', by: 'ida', reason: 'pilot', isProduction: false } as const;
const on: FlagSetting[] = [{ flag: 'cards', userId: undefined, isOn: true }];

/** Flags over settings that a test gives, and how often they were read. */
function flagsOver(read: FlagSource['read'], change: Partial<FlagSource> = {}) {
  const clock = new ManualClock();
  const faults: string[] = [];
  let reads = 0;
  const counted = () => {
    reads += 1;
    return read();
  };
  const source = { clock, isProduction: false, configured: [], read: counted, ...change };
  const onFault = (flag: string, fault: string) => void faults.push(`${flag} ${fault}`);
  return {
    clock,
    faults,
    reads: () => reads,
    flags: createFlags({ ...source, domain: randomUUID(), onFault }),
  };
}

test('a person’s flag follows the operator within ten seconds, and no other person’s does', async () => {
  const context = await testContext();
  const [kari, ola] = [await customer(context), await customer(context)];
  expect(await context.flags.onFor(kari.id)).toEqual([]);
  await setFlag(context, { ...act, userId: kari.id, isOn: true });
  context.clock.advance(flagAgeMsMax - 1);
  expect(await context.flags.onFor(kari.id)).toEqual([]);
  context.clock.advance(1);
  expect(await context.flags.onFor(kari.id)).toEqual(['cards']);
  expect(await context.flags.onFor(ola.id)).toEqual([]);
});

test('an act that takes a setting away lets the wider one decide', async () => {
  const context = await testContext();
  const { id: userId } = await customer(context);
  await setFlag(context, { ...act, userId: undefined, isOn: true });
  await setFlag(context, { ...act, userId, isOn: false });
  expect(await context.flags.isOn('cards', userId)).toBe(false);
  expect(await listFlags(context)).toMatchObject([{ everyone: true, people: { on: 0, off: 1 } }, {}]);
  await setFlag(context, { ...act, userId, isOn: undefined });
  context.clock.advance(flagAgeMsMax);
  expect(await context.flags.isOn('cards', userId)).toBe(true);
});

test('the settings are read once for ten seconds, however many ask, also at once', async () => {
  const { flags, reads, clock } = flagsOver(async () => on);
  await Promise.all(Array.from({ length: 50 }, () => flags.onFor('kari')));
  expect(reads()).toBe(1);
  clock.advance(flagAgeMsMax);
  await Promise.all(Array.from({ length: 50 }, () => flags.isOn('cards', 'kari')));
  expect(reads()).toBe(2);
});

test('flags that cannot be read are off, which is reported, until they can', async () => {
  let isDown = true;
  const { flags, faults } = flagsOver(async () => {
    if (isDown) throw new Error('the database is down');
    return on;
  });
  expect(await flags.isOn('cards', 'kari')).toBe(false);
  expect(faults).toEqual(['cards GENERAL']);
  isDown = false;
  expect(await flags.isOn('cards', 'kari')).toBe(true);
});

test('flags that can no longer be read are off, although they were on', async () => {
  let isDown = false;
  const { flags, clock } = flagsOver(async () => (isDown ? Promise.reject(new Error('down')) : on));
  expect(await flags.isOn('cards', 'kari')).toBe(true);
  isDown = true;
  clock.advance(flagAgeMsMax);
  expect(await flags.isOn('cards', 'kari')).toBe(false);
});

test('production has cards off, whatever is set and configured', async () => {
  const { flags } = flagsOver(async () => on, { isProduction: true, configured: ['cards'] });
  expect(await flags.onFor('kari')).toEqual([]);
});

test('two Drops in one process do not take each other’s flags', async () => {
  const [one, other] = [flagsOver(async () => on), flagsOver(async () => [])];
  expect(await one.flags.isOn('cards', 'kari')).toBe(true);
  expect(await other.flags.isOn('cards', 'kari')).toBe(false);
});

test('beyond the greatest number of settings, which every process holds, an act is refused', async () => {
  const context = await testContext();
  const { database } = context.store;
  await sql`insert into flag_changes (flag, user_id, is_on, changed_at, changed_by, reason)
    select 'cards', gen_random_uuid(), true, now(), 'ida', 'pilot'
    from generate_series(1, ${flagSettingsMax}::integer)`.execute(database);
  const refused = setFlag(context, { ...act, userId: undefined, isOn: true });
  await expect(refused).rejects.toMatchObject({ code: 'invalid_request' });
  expect(await listFlags(context)).toMatchObject([
    { everyone: undefined, people: { on: flagSettingsMax } },
    {},
  ]);
});

test('an operator’s act is in the audit trail, and its row cannot be changed', async () => {
  const trail = await auditedTrail();
  const { context, user } = trail.bank;
  const { database } = context.store;
  await setFlag(context, { ...act, userId: user.id, isOn: true });
  expect(await trail.faults()).toEqual([]);
  const { kind } = await database
    .selectFrom('audit_entries')
    .select('kind')
    .where('chain', '=', 'flag:1')
    .executeTakeFirstOrThrow();
  expect(kind).toBe('flag');
  await expect(database.updateTable('flag_changes').set({ is_on: false }).execute()).rejects.toThrow(
    'flag_changes',
  );
  await trail.tamper("update flag_changes set reason = 'another'");
  expect(await trail.faults()).toEqual(['row_changed']);
});
