import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { listAccounts } from '#store/bank-accounts.ts';
import { activateConnection, insertConnection } from '#store/bank-connections.ts';
import type { Queries, Store } from '#store/database.ts';
import { keepGrantedAccounts, type GrantedAccount } from '#store/granted-accounts.ts';
import { insertUser } from '#store/users.ts';
import { testStore } from '../support/database.ts';

const now = new Date('2026-02-23T14:30:00Z');
const account: GrantedAccount = {
  reference: 'uid@DNB',
  identity: 'hash',
  accountNumber: '12345678903',
  name: 'Brukskonto',
  currency: 'NOK',
};

async function customerOf(store: Store): Promise<string> {
  const id = randomUUID();
  const identity = { nationalIdHash: id, nationalIdHashKeyId: '1', issuer: 'test', subject: id };
  await insertUser(store.database, { id, ...identity, name: 'Kari Test', at: now });
  return id;
}

/** A consent of the customer that grants `accounts`. */
async function grant(
  queries: Queries,
  userId: string,
  accounts: readonly GrantedAccount[],
): Promise<string[]> {
  const id = randomUUID();
  const bank = { provider: 'p', bankId: 'DNB', bankName: 'DNB', paymentBankId: 'DNB' };
  await insertConnection(queries, { id, userId, ...bank, state: id, createdAt: now });
  const validUntil = new Date(now.getTime() + 86_400_000);
  await activateConnection(queries, id, { reference: id, validUntil });
  return keepGrantedAccounts(queries, {
    userId,
    connectionId: id,
    provider: 'p',
    accounts,
    at: now,
    newId: randomUUID,
  });
}

/** Resolves when a statement on this database waits for another transaction. */
async function somebodyWaits({ pool }: Store): Promise<void> {
  const query = `select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  while ((await pool.query(query)).rowCount === 0);
}

test('the second of two concurrent consents finds the accounts of the first', async () => {
  const store = await testStore();
  const userId = await customerOf(store);
  const { promise: mayCommit, resolve: commit } = Promise.withResolvers<undefined>();
  const { promise: hasBegun, resolve: begun } = Promise.withResolvers<undefined>();
  const first = store.database.transaction().execute(async (transaction) => {
    const ids = await grant(transaction, userId, [account]);
    begun(undefined);
    await mayCommit;
    return ids;
  });
  await hasBegun;
  const second = store.database.transaction().execute((transaction) => grant(transaction, userId, [account]));
  await somebodyWaits(store);
  commit(undefined);
  expect(await second).toEqual(await first);
});

test('accounts are listed in the bank’s order', async () => {
  const store = await testStore();
  const userId = await customerOf(store);
  const names = Array.from({ length: 9 }, (_, index) => `Konto ${index}`);
  const accounts = names.map((name) => ({ ...account, accountNumber: undefined, identity: name, name }));
  await grant(store.database, userId, accounts);
  expect((await listAccounts(store.database, userId, now)).map(({ name }) => name)).toEqual(names);
});

test('an account belongs to one customer, and a provider’s identifier to one provider', async () => {
  const store = await testStore();
  const [kari, ola] = [await customerOf(store), await customerOf(store)];
  const withoutNumber = { ...account, accountNumber: undefined };
  const ids = [
    ...(await grant(store.database, kari, [account])),
    ...(await grant(store.database, ola, [account])),
  ];
  ids.push(...(await grant(store.database, ola, [{ ...withoutNumber, identity: 'another' }])));
  await sql`update bank_account_consents set provider = 'q'`.execute(store.database);
  ids.push(...(await grant(store.database, ola, [withoutNumber])));
  expect(new Set(ids).size).toBe(4);
});
