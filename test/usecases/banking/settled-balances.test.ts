import { expect, test } from 'vitest';
import { readSettledBalances } from '#usecases/banking/read-settled-balances.ts';
import { refreshBalance } from '#usecases/banking/refresh-balance.ts';
import type { Access } from '#services/open-banking/service.ts';
import { linkedBank } from '../payments/linked-bank.ts';
import type { TestContext } from '../../support/context.ts';
import { access, report } from './made-up-bank.ts';

/** A customer whose payment was settled after the balance had been read; `reads` are the readings from then on. */
async function settled() {
  const { bank, send } = await linkedBank();
  const { context, provider, user } = bank;
  const reads: Access['kind'][] = [];
  provider.pis.initiatePayment = async () => report();
  const payment = await send();
  provider.ais.readBalance = async (_key, given) => {
    reads.push(given.kind);
    return { money: { amount: 975_000, currency: 'NOK' }, kind: 'available', wireType: 'ITAV' };
  };
  context.clock.advance(1_000);
  await context.store.database
    .updateTable('transactions')
    .set({ status: 'settled', settled_at: context.clock.now() })
    .execute();
  const account = async () => (await bank.accounts())[0];
  return { bank, context, user, reads, payment, account };
}

test('a balance from before a settlement is an old one', async () => {
  const { account, context, user, payment } = await settled();
  expect(await account()).toMatchObject({ isPaidSince: true });
  context.clock.advance(1_000);
  await refreshBalance(context, user, { accountId: payment.accountId, access });
  expect(await account()).toMatchObject({ isPaidSince: false, balance: { amount: 975_000 } });
});

test('a balance is read after a settlement, unattended, once', async () => {
  const { account, context, reads } = await settled();
  await readSettledBalances(context);
  expect(reads, 'the customer’s screen has twenty seconds').toEqual([]);
  context.clock.advance(20_000);
  await readSettledBalances(context);
  expect(reads).toEqual(['unattended']);
  expect(await account()).toMatchObject({ isPaidSince: false, balance: { amount: 975_000 } });
  await readSettledBalances(context);
  expect(reads).toHaveLength(1);
});

test('a balance that the customer’s screen has read is not read again', async () => {
  const { context, user, payment, reads } = await settled();
  context.clock.advance(1_000);
  await refreshBalance(context, user, { accountId: payment.accountId, access });
  context.clock.advance(20_000);
  await readSettledBalances(context);
  expect(reads).toEqual(['attended']);
});

test('a bank that refuses the reading is not asked again, and the old balance is shown with its age', async () => {
  const { bank, context, account } = await settled();
  let asked = 0;
  bank.provider.ais.readBalance = () => {
    asked += 1;
    return Promise.reject(new Error('the bank is closed'));
  };
  context.clock.advance(20_000);
  for (let minute = 0; minute < 3; minute += 1) {
    await readSettledBalances(context);
    context.clock.advance(60_000);
  }
  expect(asked).toBe(1);
  expect(await account()).toMatchObject({ isPaidSince: true, balance: { amount: 1_000_000 } });
});

/** Gives the customer `count` accounts more like the first, each with a settled payment of its own. */
async function addAccounts({ store: { pool } }: TestContext, count: number): Promise<void> {
  const numbers = [[...Array(count).keys()]];
  await pool.query(
    `insert into bank_accounts
       (id, user_id, account_number, currency, balance, balance_currency, balance_at, created_at)
     select gen_random_uuid(), user_id, number, currency, balance, balance_currency, balance_at, created_at
     from bank_accounts, unnest($1::text[]) as number`,
    numbers,
  );
  await pool.query(
    `insert into bank_account_consents (account_id, connection_id, provider, reference, created_at)
     select account.id, connection_id, provider, account_number, consent.created_at
     from bank_accounts as account, bank_account_consents as consent where account.id <> consent.account_id`,
  );
  await pool.query(
    `insert into transactions (id, user_id, account_id, provider, bank_id, bank_name, status, amount, currency,
       debtor_account_number, creditor_name, creditor_account_number, order_hash, state_hash, idempotency_key,
       request_hash, created_at, updated_at, settled_at)
     select gen_random_uuid(), paid.user_id, account.id, provider, bank_id, bank_name, status, amount, paid.currency,
       debtor_account_number, creditor_name, creditor_account_number, order_hash, uuid_send(account.id), account.id,
       request_hash, paid.created_at, updated_at, settled_at
     from bank_accounts as account, transactions as paid where account.id <> paid.account_id`,
  );
}

test('a bank that hangs holds up its own account, and every other one is read once', async () => {
  const { bank, context } = await settled();
  await addAccounts(context, 9);
  context.clock.advance(20_000);
  const [answer, others] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  const read: string[] = [];
  bank.provider.ais.readBalance = async ({ reference }) => {
    if (reference === 'account-1') await answer.promise;
    if (read.push(reference) === 9) others.resolve(undefined);
    return { money: { amount: 975_000, currency: 'NOK' }, kind: 'available', wireType: 'ITAV' };
  };
  const run = readSettledBalances(context);
  await others.promise;
  answer.resolve(undefined);
  await run;
  expect(read.toSorted()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', 'account-1']);
});

test('two processes read a balance once', async () => {
  const { context, reads } = await settled();
  context.clock.advance(20_000);
  await Promise.all([readSettledBalances(context), readSettledBalances(context)]);
  expect(reads).toEqual(['unattended']);
});

test('a settlement of an hour ago is left alone', async () => {
  const { context, reads } = await settled();
  context.clock.advance(3_600_000);
  await readSettledBalances(context);
  expect(reads).toEqual([]);
});
