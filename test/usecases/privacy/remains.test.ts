import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { purgeCustomers } from '#jobs/purge.ts';
import { catalogue } from '#store/privacy/catalogue.ts';
import { trustedKeys } from '#usecases/audit/context.ts';
import { verifyAudit } from '#usecases/audit/verify.ts';
import { keepDraft } from '#usecases/payments/draft.ts';
import { closeAccount } from '#usecases/privacy/close-account.ts';
import { askForCopy } from '#usecases/privacy/copy/ask-copy.ts';
import { makeDataCopy } from '#usecases/privacy/copy/make-copy.ts';
import { leavingCustomer, values, type Leaving, sessionOf } from './leaving-customer.ts';

const dayMs = 86_400_000;

/** Every row of every table as text, also those of the queue of jobs; bytes as text, too. */
async function dump({ context }: Leaving): Promise<{ table: string; row: string }[]> {
  const { database } = context.store;
  const { rows: tables } = await sql<{ table: string }>`
    select format('%I.%I', table_schema, table_name) as "table" from information_schema.tables
    where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'
  `.execute(database);
  const found = [];
  for (const { table } of tables) {
    const { rows } = await sql<{ row: string }>`
      select dumped::text || coalesce(encode((to_jsonb(dumped) ->> 'raw_body')::bytea, 'escape'), '') as row
      from ${sql.raw(table)} as dumped
    `.execute(database);
    found.push(...rows.map(({ row }) => ({ table: table.replace('public.', ''), row })));
  }
  return found;
}

/** Which value stands in which table: `table: value`. */
async function found(leaving: Leaving, sought: Readonly<Record<string, string>>): Promise<string[]> {
  const rows = await dump(leaving);
  const places = Object.entries(sought).flatMap(([what, value]) =>
    rows.filter(({ row }) => row.includes(value)).map(({ table }) => `${table}: ${what}`),
  );
  return [...new Set(places)].sort();
}

/** A customer of 2019, because the database refuses to delete verdicts within five years by its own clock. */
async function goneCustomer(): Promise<Leaving> {
  const leaving = await leavingCustomer('2019-03-01T12:00:00Z');
  const { context, user } = leaving;
  await leaving.pay('settled');
  await keepDraft(
    context,
    { id: await sessionOf(context, user), user },
    JSON.stringify({ text: values.draft }),
  );
  await askForCopy(context, user.id, 'nb');
  const copies = await context.store.database.selectFrom('data_copies').select('id').execute();
  for (const { id } of copies) await makeDataCopy(context, { copyId: id });
  return leaving;
}

async function close(leaving: Leaving): Promise<void> {
  const { context, user } = leaving;
  await closeAccount(context, user.id, 'customer');
  const sent = { status: 'delivered', due_at: null, settled_at: context.clock.now() } as const;
  await context.store.database.updateTable('outbox').set(sent).where('channel', '=', 'mail').execute();
  for (let minute = 0; minute < 2; minute += 1) await leaving.minute();
}

test('before the closing, every value is found where the catalogue has personal data', async () => {
  const leaving = await goneCustomer();
  const places = await found(leaving, values);
  const personal = places.map((place) => place.split(':')[0] ?? '');
  expect(personal.filter((table) => catalogue[table]?.basis === undefined)).toEqual([]);
  const kinds = ['name', 'subject', 'email', 'account', 'savedLabel', 'kid', 'userAgent', 'accountName'];
  for (const kind of kinds) expect(places.some((place) => place.endsWith(`: ${kind}`))).toBe(true);
});

test('after the closing, a dump has only what the law has kept', async () => {
  const leaving = await goneCustomer();
  await close(leaving);
  expect(await found(leaving, values)).toEqual([
    'bank_accounts: account',
    'transactions: account',
    'transactions: creditorAccount',
    'transactions: creditorName',
    'transactions: kid',
    'users: name',
  ]);
});

test('after the closing, only tables that the catalogue keeps name the customer’s id', async () => {
  const leaving = await goneCustomer();
  await close(leaving);
  const places = await found(leaving, { id: leaving.user.id });
  const tables = places
    .map((place) => place.split(':')[0] ?? '')
    .filter((table) => !table.startsWith('pgboss'));
  expect(tables.filter((table) => catalogue[table]?.closing.rows === 'erased')).toEqual([]);
  expect(tables).toContain('transactions');
});

test('neither the log nor the files have a value of the person after the closing', async () => {
  const leaving = await goneCustomer();
  await close(leaving);
  const { logged, services } = leaving.context;
  const lines = JSON.stringify(logged);
  expect(Object.values(values).filter((value) => lines.includes(value))).toEqual([]);
  expect(await services.files.list(leaving.user.id)).toEqual([]);
});

test('until the last day that the law sets, payments stay; after it, nothing leads to the person', async () => {
  const leaving = await goneCustomer();
  await close(leaving);
  const { context, user } = leaving;
  const lastDay = new Date('2024-12-31T12:00:00Z').getTime();
  context.clock.advance(lastDay - context.clock.now().getTime());
  await purgeCustomers(context, new AbortController().signal);
  expect(await leaving.count('transactions')).toBe(1);
  context.clock.advance(dayMs);
  await purgeCustomers(context, new AbortController().signal);
  expect(await found(leaving, values)).toEqual([]);
  const gone = await found(leaving, { id: user.id });
  const allowed = ['audit_entries', 'kyc_access_log', 'pgboss'];
  expect(gone.filter((place) => !allowed.some((table) => place.startsWith(table)))).toEqual([]);
});

test('after that day the audit trail is whole, and tells that the entries were erased', async () => {
  const leaving = await goneCustomer();
  await close(leaving);
  const { context } = leaving;
  context.clock.advance(6 * 366 * dayMs);
  await purgeCustomers(context, new AbortController().signal);
  const trust = { keys: trustedKeys(context.audit), files: undefined, bucket: undefined };
  const report = await verifyAudit({ ...context.store, clock: context.clock, trust });
  expect(report.findings.filter(({ fault }) => !fault.startsWith('root'))).toEqual([]);
  expect(report.erased).toBeGreaterThan(0);
});
