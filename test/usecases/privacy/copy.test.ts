import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { catalogue } from '#store/privacy/catalogue.ts';
import { readPaymentDocument } from '#usecases/documents/payment-document.ts';
import { closeAccount } from '#usecases/privacy/close-account.ts';
import { askForCopy, copyAddress, copyState } from '#usecases/privacy/copy/ask-copy.ts';
import { expireCopies } from '#usecases/privacy/copy/expire-copies.ts';
import { makeDataCopy } from '#usecases/privacy/copy/make-copy.ts';
import { nbColumns, nbTables } from '#usecases/privacy/copy/nb-words.ts';
import { customer } from '../../support/context.ts';
import { leavingCustomer, values, type Leaving } from './leaving-customer.ts';

const dayMs = 86_400_000;

interface Copied {
  customer: string;
  tables: { name: string; columns: string[]; rows: Record<string, unknown>[] }[];
}

async function ask({ context, user }: Leaving, locale: 'nb' | 'en' = 'nb'): Promise<void> {
  await askForCopy(context, user.id, locale);
}

/** The job, for each copy that waits. */
async function make({ context }: Leaving): Promise<void> {
  const rows = await context.store.database.selectFrom('data_copies').select('id').execute();
  for (const { id } of rows) await makeDataCopy(context, { copyId: id });
}

async function download({ context, user }: Leaving): Promise<Map<string, string>> {
  const { url } = await copyAddress(context, user.id);
  const address = new URL(url);
  const key = address.pathname.replace('/api/files/', '');
  const query = Object.fromEntries(address.searchParams);
  const file = await context.services.files.served?.download({ key, query });
  const archived = Object.entries(unzipSync(file?.bytes ?? new Uint8Array()));
  return new Map(archived.map(([name, bytes]) => [name, strFromU8(bytes)]));
}

async function readable(leaving: Leaving, locale: 'nb' | 'en'): Promise<string> {
  await ask(leaving, locale);
  await make(leaving);
  return (await download(leaving)).get('index.html') ?? '';
}

test('the copy has every given column of each table with rows of the customer, and no other', async () => {
  const leaving = await leavingCustomer();
  await leaving.pay('settled');
  await ask(leaving);
  await make(leaving);
  const { customer: whose, tables } = JSON.parse((await download(leaving)).get('data.json') ?? '') as Copied;
  expect(whose).toBe(leaving.user.id);
  for (const { name, rows } of tables)
    for (const row of rows)
      expect(Object.keys(row).sort()).toEqual([...(catalogue[name]?.given ?? [])].sort());
  const names = tables.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['users', 'transactions', 'transaction_events', 'bank_accounts']),
  );
  expect(names).toEqual(expect.arrayContaining(['email_addresses', 'saved_creditors', 'outbox', 'sessions']));
});

test('the copy has what the customer gave, and neither hashes nor another customer', async () => {
  const leaving = await leavingCustomer();
  await leaving.pay('settled');
  const other = await customer(leaving.context);
  await ask(leaving);
  await make(leaving);
  const files = await download(leaving);
  for (const content of ['index.html', 'data.json'].map((name) => files.get(name))) {
    for (const value of [values.name, values.email, values.account, values.savedLabel, values.kid])
      expect(content).toContain(value);
    expect(content).not.toContain(values.nationalNumberHash);
    expect(content).not.toContain(other.id);
  }
});

test('the page is in the customer’s language and shows amounts and times as people write them', async () => {
  const leaving = await leavingCustomer();
  await leaving.pay('settled');
  const nb = await readable(leaving, 'nb');
  expect(nb).toContain('<h2>Betaling (1)</h2>');
  expect(nb).toContain('250,00\u00a0kr');
  expect(await readable(leaving, 'en')).toContain('<dt>Creditor name</dt><dd>Strømselskapet AS</dd>');
});

test('a name that looks like markup is text on the page', async () => {
  const leaving = await leavingCustomer();
  await leaving.context.store.database
    .updateTable('saved_creditors')
    .set({ label: '<img src=x onerror=alert(1)>' })
    .execute();
  const page = await readable(leaving, 'nb');
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(page).not.toContain('<img');
});

test('every table and column of a copy has a Norwegian word', () => {
  const given = Object.entries(catalogue).filter(([, table]) => table.given);
  expect(given.map(([name]) => name).filter((name) => nbTables[name] === undefined)).toEqual([]);
  const columns = given.flatMap(([, table]) => table.given ?? []);
  expect(columns.filter((column) => nbColumns[column] === undefined)).toEqual([]);
});

test('the customer is told once that the copy is ready, by a message without content', async () => {
  const leaving = await leavingCustomer();
  await ask(leaving);
  await make(leaving);
  await make(leaving);
  expect(await leaving.count('outbox', "code = 'data_copy_ready' and channel = 'app'")).toBe(1);
  expect(await leaving.count('outbox', "code = 'data_copy_ready' and channel = 'mail'")).toBe(1);
  expect(await leaving.count('outbox', "code = 'data_copy_ready' and parameters <> '{}'")).toBe(0);
});

test('a copy that is being made is not asked for twice', async () => {
  const leaving = await leavingCustomer();
  await Promise.all([ask(leaving), ask(leaving)]);
  expect(await leaving.count('data_copies')).toBe(1);
});

test('the fourth copy of a day is refused until the first is a day old', async () => {
  const leaving = await leavingCustomer();
  for (let copy = 0; copy < 3; copy += 1) {
    await ask(leaving);
    await make(leaving);
  }
  const refused = { code: 'rate_limited', details: { retryAfterMs: dayMs } };
  await expect(ask(leaving)).rejects.toMatchObject(refused);
  leaving.context.clock.advance(dayMs);
  await ask(leaving);
  expect(await leaving.count('data_copies')).toBe(4);
});

test('a storage that is down delays the copy, and after an hour it is shown as failed', async () => {
  const leaving = await leavingCustomer();
  const { context, user } = leaving;
  const { files } = context.services;
  context.services.files = { ...files, putFile: () => Promise.reject(new Error('down')) };
  await ask(leaving);
  await expect(make(leaving)).rejects.toThrow('down');
  expect(await copyState(context, user.id)).toMatchObject({ status: 'making' });
  context.services.files = files;
  context.clock.advance(3_600_000);
  expect(await copyState(context, user.id)).toMatchObject({ status: 'failed' });
  await make(leaving);
  expect(await copyState(context, user.id)).toMatchObject({ status: 'failed' });
  expect(await files.list(user.id)).toEqual([]);
});

test('an archive expires after seven days, and is gone from the storage', async () => {
  const leaving = await leavingCustomer();
  const { context, user } = leaving;
  await ask(leaving);
  await make(leaving);
  expect(await copyState(context, user.id)).toMatchObject({ status: 'ready' });
  context.clock.advance(7 * dayMs);
  await expect(copyAddress(context, user.id)).rejects.toMatchObject({ code: 'not_found' });
  await expireCopies(context);
  expect(await context.services.files.list(user.id)).toEqual([]);
  expect(await copyState(context, user.id)).toMatchObject({ status: 'expired' });
  context.clock.advance(24 * dayMs);
  await expireCopies(context);
  expect(await copyState(context, user.id)).toEqual({ status: 'none' });
});

test('a new archive takes the place of the former one', async () => {
  const leaving = await leavingCustomer();
  for (let copy = 0; copy < 2; copy += 1) {
    await ask(leaving);
    await make(leaving);
    leaving.context.clock.advance(1_000);
  }
  expect(await leaving.context.services.files.list(leaving.user.id)).toHaveLength(1);
  expect([...(await download(leaving)).keys()]).toEqual(['index.html', 'data.json']);
});

test('the copy has the receipt of each settled payment, as the app hands it out, and no other', async () => {
  const leaving = await leavingCustomer();
  const { context, user } = leaving;
  const id = await leaving.pay('settled');
  await leaving.pay('awaiting_authorisation');
  await ask(leaving, 'en');
  await make(leaving);
  expect(await leaving.count('audit_entries', "kind = 'document'")).toBe(1);
  const names = [...(await download(leaving)).keys()].filter((name) => name.endsWith('.pdf'));
  const choice = { id, kind: 'receipt', locale: 'en' } as const;
  const { fileName, bytes } = await readPaymentDocument(context, user, choice);
  expect(names).toEqual([`receipts/${fileName}`]);
  expect((await download(leaving)).get(names[0] ?? '')).toBe(strFromU8(bytes));
});

test('an account that is closed while its copy is made keeps no archive, and nothing has failed', async () => {
  const leaving = await leavingCustomer();
  const { context, user } = leaving;
  const { files } = context.services;
  context.services.files = {
    ...files,
    async putFile(file, content) {
      await closeAccount(context, user.id, 'customer');
      return files.putFile(file, content);
    },
  };
  await ask(leaving);
  await expect(make(leaving)).resolves.toBeUndefined();
  expect(await files.list(user.id)).toEqual([]);
});
