import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { findAccount, listAccounts } from '#store/bank-accounts.ts';
import type { Store } from '#store/database.ts';
import { migrate } from '#store/migrate.ts';
import { storeWithoutTables } from '../support/database.ts';

const directory = new URL('../../src/store/migrations/', import.meta.url);
const migration = '0013-one-account-per-number.sql';
const user = '00000000-0000-4000-8000-000000000001';
const now = new Date('2026-03-01T12:00:00Z');
const id = (kind: string, number: number): string => `${kind}0000000-0000-4000-8000-00000000000${number}`;

/** A database in the state before the migration. */
async function formerStore(): Promise<Store> {
  const store = await storeWithoutTables();
  await store.pool.query('create table migrations (name text primary key, sha256 text, at timestamptz)');
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql') && name < migration).sort();
  for (const name of names) {
    const sql = await readFile(new URL(name, directory), 'utf8');
    const sha256 = createHash('sha256').update(sql).digest('hex');
    await store.pool.query(sql);
    await store.pool.query('insert into migrations values ($1, $2, now())', [name, sha256]);
  }
  await store.pool.query(
    `insert into users (id, national_id_hash, national_id_hash_key_id, bankid_issuer, bankid_subject, name, created_at)
     values ($1, 'h', '1', 'i', 's', 'Kari Test', now())`,
    [user],
  );
  return store;
}

interface FormerConnection {
  number: number;
  status?: string;
  returnedAt?: string;
}

async function connection(store: Store, { number, ...row }: FormerConnection): Promise<void> {
  const { status = 'active', returnedAt = `2026-02-0${number}T12:00:00Z` } = row;
  await store.pool.query(
    `insert into bank_connections (id, user_id, provider, bank_id, bank_name, status, state_hash, consent_reference,
       valid_until, created_at, returned_at)
     values ($1, $2, 'p', 'DNB', 'DNB', $3, $4, $5, '2026-08-01', $6, $6)`,
    [id('c', number), user, status, Buffer.from(`${number}`), `session-${number}`, returnedAt],
  );
}

interface FormerAccount {
  number: number;
  connection: number;
  provider?: string;
  identity: string;
  accountNumber: string | null;
  currency?: string;
  name?: string;
  balance?: number;
  balanceAt?: string;
}

async function account(store: Store, row: FormerAccount): Promise<void> {
  const { number, balance = null, balanceAt = null, provider = 'p', currency = 'NOK', name = null } = row;
  await store.pool.query(
    `insert into bank_accounts (id, user_id, connection_id, provider, identity, reference, account_number, name,
       currency, balance, balance_type, balance_at, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'ITAV', $11, $12)`,
    [
      ...[id('a', number), user, id('c', row.connection), provider, row.identity, `uid-${number}@DNB`],
      ...[row.accountNumber, name, currency, balance, balanceAt, `2026-01-0${number}T12:00:00Z`],
    ],
  );
}

async function payment(store: Store, number: number, accountNumber: number): Promise<void> {
  await store.pool.query(
    `insert into transactions (id, user_id, account_id, provider, bank_id, bank_name, status, amount, currency,
       debtor_account_number, creditor_name, creditor_account_number, order_hash, state_hash, idempotency_key,
       request_hash, created_at, updated_at)
     values ($1, $2, $3, 'p', 'DNB', 'DNB', 'settled', 100, 'NOK', '12345678903', 'x', '86011117947', 'h', $4, $5,
       'h', now(), now())`,
    [id('d', number), user, id('a', accountNumber), Buffer.from(`${number}`), `${number}`],
  );
}

async function rows(store: Store, query: string): Promise<unknown[]> {
  return (await store.pool.query<Record<string, unknown>>(query)).rows;
}

test('an account is migrated with its balance, name, consent and payments', async () => {
  const store = await formerStore();
  await connection(store, { number: 1 });
  const balance = { balance: 4_821_350, balanceAt: '2026-02-10T08:00:00Z', name: 'Brukskonto' };
  await account(store, {
    number: 1,
    connection: 1,
    identity: 'hash',
    accountNumber: '12345678903',
    ...balance,
  });
  await payment(store, 1, 1);
  await migrate(store.url);
  expect(await listAccounts(store.database, user, now)).toEqual([
    {
      id: id('a', 1),
      userId: user,
      connectionId: id('c', 1),
      provider: 'p',
      bankId: 'DNB',
      bankName: 'DNB',
      // The bank had one name for accounts and payments.
      paymentBankId: 'DNB',
      consentReference: expect.any(String) as string,
      reference: 'uid-1@DNB',
      accountNumber: '12345678903',
      name: 'Brukskonto',
      currency: 'NOK',
      balance: { amount: 4_821_350, currency: 'NOK' },
      balanceAt: new Date('2026-02-10T08:00:00Z'),
      consentStatus: 'active',
      isPaidSince: false,
    },
  ]);
  expect(await rows(store, 'select account_id from transactions')).toEqual([{ account_id: id('a', 1) }]);
});

test('merged rows keep the oldest id, the newest balance, every consent and every payment', async () => {
  const store = await formerStore();
  for (const number of [1, 2, 3]) await connection(store, { number });
  const accountNumber = '12345678903';
  const newest = { balance: 300, balanceAt: '2026-02-20T08:00:00Z', name: 'Lønnskonto' };
  const older = { balance: 200, balanceAt: '2026-02-10T08:00:00Z', name: 'Brukskonto' };
  await account(store, { number: 1, connection: 1, identity: 'old hash', accountNumber, ...older });
  await account(store, { number: 2, connection: 2, identity: 'new hash', accountNumber, ...newest });
  await account(store, { number: 3, connection: 3, provider: 'q', identity: 'x', accountNumber });
  for (const number of [1, 2, 3]) await payment(store, number, number);
  await migrate(store.url);
  const [kept, ...more] = await listAccounts(store.database, user, now);
  expect(more).toEqual([]);
  expect(kept).toMatchObject({
    id: id('a', 1),
    name: 'Lønnskonto',
    balance: { amount: 300, currency: 'NOK' },
    connectionId: id('c', 3),
    provider: 'q',
    reference: 'uid-3@DNB',
  });
  expect(await rows(store, 'select distinct account_id from transactions')).toEqual([
    { account_id: id('a', 1) },
  ]);
  expect(
    await rows(store, 'select connection_id, identity from bank_account_consents order by connection_id'),
  ).toEqual([
    { connection_id: id('c', 1), identity: 'old hash' },
    { connection_id: id('c', 2), identity: 'new hash' },
    { connection_id: id('c', 3), identity: 'x' },
  ]);
});

test('two currencies of one number remain two accounts, and so do two accounts without a number', async () => {
  const store = await formerStore();
  await connection(store, { number: 1 });
  const accountNumber = '12345678903';
  await account(store, { number: 1, connection: 1, identity: 'a', accountNumber });
  await account(store, { number: 2, connection: 1, identity: 'b', accountNumber, currency: 'EUR' });
  await account(store, { number: 3, connection: 1, identity: 'c', accountNumber: null });
  await account(store, { number: 4, connection: 1, identity: 'd', accountNumber: null });
  await migrate(store.url);
  const found = await listAccounts(store.database, user, now);
  expect(found.map((each) => each.id)).toEqual([1, 2, 3, 4].map((number) => id('a', number)));
  expect(found.map(({ currency }) => currency)).toEqual(['NOK', 'EUR', 'NOK', 'NOK']);
});

test('an account without a currency is merged into the one with a known currency', async () => {
  const store = await formerStore();
  await connection(store, { number: 1 });
  await connection(store, { number: 2 });
  const accountNumber = '12345678903';
  const balance = { balance: 100, balanceAt: '2026-02-10T08:00:00Z' };
  await account(store, {
    number: 1,
    connection: 1,
    identity: 'a',
    accountNumber,
    currency: 'XXX',
    ...balance,
  });
  await account(store, { number: 2, connection: 2, identity: 'b', accountNumber });
  await migrate(store.url);
  expect(await listAccounts(store.database, user, now)).toMatchObject([
    { id: id('a', 1), currency: 'NOK', balance: { amount: 100, currency: 'NOK' }, connectionId: id('c', 2) },
  ]);
});

test('a balance without a stored currency is kept but not shown until it is read again', async () => {
  const store = await formerStore();
  await connection(store, { number: 1 });
  const balance = { balance: 4_821_350, balanceAt: '2026-02-10T08:00:00Z' };
  for (const [index, currency] of ['XXX', 'nok', ''].entries()) {
    const accountNumber = ['12345678903', '86011117947', '95360573002'][index] ?? '';
    const number = index + 1;
    await account(store, {
      number,
      connection: 1,
      identity: `${index}`,
      accountNumber,
      currency,
      ...balance,
    });
  }
  await migrate(store.url);
  const found = await listAccounts(store.database, user, now);
  expect(found.map((each) => [each.currency, each.balance, each.balanceAt])).toEqual(
    Array(3).fill([undefined, undefined, undefined]),
  );
  expect(await rows(store, 'select distinct balance, balance_currency from bank_accounts')).toEqual([
    { balance: 4_821_350, balance_currency: 'XXX' },
  ]);
});

test('an account with only a revoked consent is found but not listed', async () => {
  const store = await formerStore();
  await connection(store, { number: 1, status: 'revoked' });
  await account(store, { number: 1, connection: 1, identity: 'a', accountNumber: '12345678903' });
  await migrate(store.url);
  expect(await listAccounts(store.database, user, now)).toEqual([]);
  expect(await findAccount(store.database, { id: id('a', 1), userId: user, now })).toMatchObject({
    consentStatus: 'revoked',
  });
});
