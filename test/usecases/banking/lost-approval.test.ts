import { expect, test } from 'vitest';
import type { AccountInformation } from '#services/open-banking/service.ts';
import { listAccounts } from '#store/bank-accounts.ts';
import { findConnection } from '#store/bank-connections.ts';
import { setKycStatus, type User } from '#store/users.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { refreshBalance } from '#usecases/banking/refresh-balance.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { returnOf } from '../../support/bank-return.ts';
import { customer, testContext, type TestContext } from '../../support/context.ts';

const access = { kind: 'attended', ipAddress: '127.0.0.1', userAgent: 'test' } as const;
const lost = [
  ['none', 'kyc_required'],
  ['pending', 'kyc_required'],
  ['rejected', 'kyc_rejected'],
] as const;

/** A customer at the bank's page of a consent. */
async function atTheBank() {
  const context = await testContext();
  const user = await customer(context);
  const { id, next } = await startConnection(context, user, { bankId: context.bankId, access, locale: 'nb' });
  const returned = { parameters: returnOf(next), access };
  const connection = () => findConnection(context.store.database, { id, userId: user.id });
  const accounts = () => listAccounts(context.store.database, user.id, context.clock.now());
  return { context, user, returned, connection, accounts };
}

/** A customer with an account whose balance was read. */
async function withAnAccount() {
  const { accounts, ...stand } = await atTheBank();
  await returnFromBank(stand.context, stand.user, stand.returned);
  const [before] = await accounts();
  return { ...stand, accounts, before, request: { accountId: before?.id ?? '', access } };
}

/** Lets `method` of the bank answer, and counts its calls; the customer is rejected meanwhile if `isRejected`. */
function watch(context: TestContext, user: User, watched: { method: Method; isRejected: boolean }) {
  const { services, store } = context;
  const provider = services.openBanking.forNewConsent({ customerId: user.id });
  const { ais } = provider;
  if (!ais) throw new RangeError('the mock reads balances');
  const calls = { count: 0 };
  const arrive = async (): Promise<void> => {
    calls.count += 1;
    if (watched.isRejected) await setKycStatus(store.database, user.id, 'rejected');
  };
  const completeConsent: AccountInformation['completeConsent'] = async (...given) => {
    await arrive();
    return ais.completeConsent(...given);
  };
  const readBalance: AccountInformation['readBalance'] = async (...given) => {
    await arrive();
    return ais.readBalance(...given);
  };
  const replaced = { completeConsent, readBalance }[watched.method];
  const answering = { ...provider, ais: { ...ais, [watched.method]: replaced } };
  context.services.openBanking.pinned = () => answering;
  return calls;
}

type Method = 'completeConsent' | 'readBalance';

test.each(lost)(
  'a customer who is %s on return from the bank gets no account, and the bank is not asked',
  async (kycStatus, code) => {
    const { context, user, returned, accounts, connection } = await atTheBank();
    const calls = watch(context, user, { method: 'completeConsent', isRejected: false });
    await expect(returnFromBank(context, { ...user, kycStatus }, returned)).rejects.toMatchObject({ code });
    expect(calls.count).toBe(0);
    expect(await accounts()).toEqual([]);
    expect(await connection()).toMatchObject({ status: 'pending' });
  },
);

test('a customer who is rejected while the bank answers a return gets no account', async () => {
  const { context, user, returned, accounts, connection } = await atTheBank();
  watch(context, user, { method: 'completeConsent', isRejected: true });
  await expect(returnFromBank(context, user, returned)).rejects.toMatchObject({ code: 'kyc_rejected' });
  expect(await accounts()).toEqual([]);
  expect(await connection()).toMatchObject({ status: 'pending' });
});

test.each(lost)(
  'a customer who is %s reads no balance, and the bank is not asked',
  async (kycStatus, code) => {
    const { context, user, request } = await withAnAccount();
    const calls = watch(context, user, { method: 'readBalance', isRejected: false });
    await expect(refreshBalance(context, { ...user, kycStatus }, request)).rejects.toMatchObject({ code });
    expect(calls.count).toBe(0);
  },
);

test('a balance that arrives after the customer was rejected is not kept', async () => {
  const { context, user, request, accounts, before } = await withAnAccount();
  watch(context, user, { method: 'readBalance', isRejected: true });
  context.clock.advance(60_000);
  await expect(refreshBalance(context, user, request)).rejects.toMatchObject({ code: 'kyc_rejected' });
  const [after] = await accounts();
  expect(after?.balanceAt).toEqual(before?.balanceAt);
});
