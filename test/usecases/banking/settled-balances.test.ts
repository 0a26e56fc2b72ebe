import { expect, test } from 'vitest';
import { readSettledBalances } from '#usecases/banking/read-settled-balances.ts';
import { refreshBalance } from '#usecases/banking/refresh-balance.ts';
import type { Access } from '#services/open-banking/service.ts';
import { linkedBank } from '../payments/linked-bank.ts';
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
