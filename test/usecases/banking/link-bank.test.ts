import { expect, test } from 'vitest';
import { listAccounts } from '#store/bank-accounts.ts';
import { listConnections } from '#store/bank-connections.ts';
import { revokeConnection } from '#usecases/banking/end-connection.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { refreshBalance } from '#usecases/banking/refresh-balance.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { customer, testContext } from '../../support/context.ts';
import { declinedReturnOf, returnOf } from '../../support/bank-return.ts';

const access = { kind: 'attended', ipAddress: '127.0.0.1', userAgent: 'test' } as const;

test('a consent gives accounts with balances', async () => {
  const context = await testContext();
  const user = await customer(context);
  const { id, next } = await startConnection(context, user, { bankId: context.bankId, access, locale: 'nb' });
  const parameters = returnOf(next);
  expect(await returnFromBank(context, user, { parameters, access })).toBe(`/accounts?connection=${id}`);
  const accounts = await listAccounts(context.store.database, user.id, context.clock.now());
  expect(accounts).toHaveLength(2);
  expect(
    accounts.every(({ balance, consentStatus }) => balance !== undefined && consentStatus === 'active'),
  ).toBe(true);
});

test('a new consent at the same bank keeps the accounts as they are known', async () => {
  const context = await testContext();
  const user = await customer(context);
  for (let time = 0; time < 2; time += 1) {
    const { next } = await startConnection(context, user, { bankId: context.bankId, access, locale: 'nb' });
    await returnFromBank(context, user, { parameters: returnOf(next), access });
  }
  expect(await listAccounts(context.store.database, user.id, context.clock.now())).toHaveLength(2);
});

test('a return that comes twice at once is completed once, and both find the way', async () => {
  const context = await testContext();
  const user = await customer(context);
  const { id, next } = await startConnection(context, user, { bankId: context.bankId, access, locale: 'nb' });
  const parameters = returnOf(next);
  const paths = await Promise.all([1, 2, 3].map(() => returnFromBank(context, user, { parameters, access })));
  expect(paths).toEqual(Array(3).fill(`/accounts?connection=${id}`));
  const [connection] = await listConnections(context.store.database, user.id, context.clock.now());
  expect(connection?.status).toBe('active');
});

test("another customer cannot finish somebody's consent", async () => {
  const context = await testContext();
  const user = await customer(context);
  const stranger = await customer(context);
  const { next } = await startConnection(context, user, { bankId: context.bankId, access, locale: 'nb' });
  const parameters = returnOf(next);
  await expect(returnFromBank(context, stranger, { parameters, access })).rejects.toMatchObject({
    code: 'consent_state_mismatch',
  });
});

test('a state that nobody waits for is refused, and so is a doubled one', async () => {
  const context = await testContext();
  const user = await customer(context);
  for (const query of ['state=unknown&code=1', 'code=1', 'state=a&state=b']) {
    const parameters = new URLSearchParams(query);
    await expect(returnFromBank(context, user, { parameters, access })).rejects.toMatchObject({
      code: 'consent_state_mismatch',
    });
  }
});

test('a customer who says no at the bank is led back to the banks', async () => {
  const context = await testContext();
  const user = await customer(context);
  const { next } = await startConnection(context, user, { bankId: context.bankId, access, locale: 'nb' });
  const parameters = await declinedReturnOf(context, next);
  expect(await returnFromBank(context, user, { parameters, access })).toBe(
    '/banks?outcome=consent_cancelled',
  );
});

test('a customer who is not verified cannot link a bank', async () => {
  const context = await testContext();
  const user = await customer(context, 'none');
  const request = { bankId: context.bankId, access, locale: 'nb' } as const;
  await expect(startConnection(context, user, request)).rejects.toMatchObject({ code: 'kyc_required' });
});

test('a bank that does not exist is unknown', async () => {
  const context = await testContext();
  const user = await customer(context);
  const request = { bankId: 'Sparegrisen', access, locale: 'nb' } as const;
  await expect(startConnection(context, user, request)).rejects.toMatchObject({ code: 'bank_unknown' });
});

test('after a revocation the account is no longer read', async () => {
  const context = await testContext();
  const user = await customer(context);
  const { id, next } = await startConnection(context, user, { bankId: context.bankId, access, locale: 'nb' });
  await returnFromBank(context, user, { parameters: returnOf(next), access });
  const [account] = await listAccounts(context.store.database, user.id, context.clock.now());
  await revokeConnection(context, user, id);
  const request = { accountId: account?.id ?? '', access };
  await expect(refreshBalance(context, user, request)).rejects.toMatchObject({ code: 'consent_revoked' });
  const [connection] = await listConnections(context.store.database, user.id, context.clock.now());
  expect(connection?.status).toBe('revoked');
});
