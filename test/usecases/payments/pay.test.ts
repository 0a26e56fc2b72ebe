import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { DropError } from '#domain/errors.ts';
import type { OpenBankingProvider, PaymentInitiation } from '#services/open-banking/service.ts';
import { listAccounts } from '#store/bank-accounts.ts';
import { findPayment } from '#store/payments.ts';
import { setKycStatus, type User } from '#store/users.ts';
import { approvalLink } from '#usecases/payments/approval-link.ts';
import { isCancellable } from '#usecases/payments/cancel.ts';
import { reconcileDuePayments } from '#usecases/payments/reconcile-due.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { pay, type PaymentForm } from '#usecases/payments/pay.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { listPayments } from '../../support/customer-payments.ts';
import { customer, testContext, type TestContext } from '../../support/context.ts';
import { returnOf } from '../../support/bank-return.ts';
import { noStep } from '#domain/banking/next-step.ts';
import { whileTimePasses } from '../../support/while-time-passes.ts';

const access = { kind: 'attended', ipAddress: '127.0.0.1', userAgent: 'test' } as const;

async function linked(context: TestContext, user: User): Promise<string> {
  const { next } = await startConnection(context, user, { bankId: context.bankId, access, locale: 'nb' });
  await returnFromBank(context, user, { parameters: returnOf(next), access });
  const [account] = await listAccounts(context.store.database, user.id, context.clock.now());
  return account?.id ?? '';
}

function form(accountId: string, change: Partial<PaymentForm> = {}): PaymentForm {
  return {
    accountId,
    amount: { amount: 25_000, currency: 'NOK' },
    creditor: { name: 'Strømselskapet AS', accountNumber: '1503 20 80178' },
    kid: '2345676',
    text: undefined,
    ...change,
  };
}

function circumstances(idempotencyKey: string = randomUUID()) {
  return { idempotencyKey, access, locale: 'nb' } as const;
}

async function setUp(): Promise<{ context: TestContext; user: User; accountId: string }> {
  const context = await testContext();
  const user = await customer(context);
  return { context, user, accountId: await linked(context, user) };
}

/** Puts something in front of the provider's payment initiation. */
function replacePis(context: TestContext, change: (pis: PaymentInitiation) => PaymentInitiation): void {
  const provider = context.services.openBanking.forNewConsent({ customerId: 'c' });
  if (!provider.pis) throw new RangeError('the mock initiates payments');
  const replaced: OpenBankingProvider = { ...provider, pis: change(provider.pis) };
  context.services.openBanking = {
    forNewConsent: () => replaced,
    pinned: () => replaced,
    all: () => [replaced],
  };
}

test('a payment waits for the customer, then settles, and says where it has been', async () => {
  const { context, user, accountId } = await setUp();
  const payment = await pay(context, user, { form: form(accountId), circumstances: circumstances() });
  expect(payment.status).toBe('awaiting_authorisation');
  expect(approvalLink(context, payment)).toContain('state=');
  context.clock.advance(25_000);
  await reconcileDuePayments(context);
  const found = async () => findPayment(context.store.database, { id: payment.id });
  // The bank's own hint may be under way, too; whichever comes first settles it.
  await expect.poll(async () => (await found())?.status).toBe('settled');
  expect((await found())?.redirectUrl).toBeUndefined();
});

test('the same form with the same key is the same payment', async () => {
  const { context, user, accountId } = await setUp();
  const once = circumstances();
  const first = await pay(context, user, { form: form(accountId), circumstances: once });
  const second = await pay(context, user, { form: form(accountId), circumstances: once });
  expect(second.id).toBe(first.id);
  expect(await listPayments(context.store.database, user.id, 10)).toHaveLength(1);
});

test('the same form sent twice at once goes to the bank once', async () => {
  const { context, user, accountId } = await setUp();
  let initiated = 0;
  replacePis(context, (pis) => ({
    ...pis,
    initiatePayment: (request, attended) => {
      initiated += 1;
      return pis.initiatePayment(request, attended);
    },
  }));
  const once = circumstances();
  const request = { form: form(accountId), circumstances: once };
  const three = Array.from({ length: 3 }, () => pay(context, user, request));
  const answers = await whileTimePasses(context.clock, Promise.all(three));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['awaiting_authorisation']));
  expect(initiated).toBe(1);
  expect(await listPayments(context.store.database, user.id, 10)).toHaveLength(1);
});

test('a request whose payment another one is still handing over is refused after five seconds', async () => {
  const { context, user, accountId } = await setUp();
  const held = Promise.withResolvers<undefined>();
  replacePis(context, (pis) => ({
    ...pis,
    async initiatePayment(request, attended) {
      await held.promise;
      return pis.initiatePayment(request, attended);
    },
  }));
  const request = { form: form(accountId), circumstances: circumstances() };
  const first = pay(context, user, request);
  await expect
    .poll(async () => (await listPayments(context.store.database, user.id, 1))[0]?.status)
    .toBe('initiating');
  const second = whileTimePasses(context.clock, pay(context, user, request));
  await expect(second).rejects.toMatchObject({
    code: 'payment_in_progress',
    details: { outcome: 'unknown' },
  });
  held.resolve(undefined);
  expect((await first).status).toBe('awaiting_authorisation');
  expect((await pay(context, user, request)).status).toBe('awaiting_authorisation');
});

test('a request whose payment another one could not hand over is told so, as the other one is', async () => {
  const { context, user, accountId } = await setUp();
  const held = Promise.withResolvers<undefined>();
  replacePis(context, (pis) => ({
    ...pis,
    async initiatePayment() {
      await held.promise;
      throw new DropError('bank_unavailable', { outcome: 'not_sent' });
    },
  }));
  const request = { form: form(accountId), circumstances: circumstances() };
  const first = pay(context, user, request);
  const failed = expect(first).rejects.toMatchObject({ code: 'bank_unavailable' });
  await expect
    .poll(async () => (await listPayments(context.store.database, user.id, 1))[0]?.status)
    .toBe('initiating');
  const second = pay(context, user, request);
  const told = expect(whileTimePasses(context.clock, second)).rejects.toMatchObject({
    code: 'bank_unavailable',
    details: { outcome: 'not_sent' },
  });
  held.resolve(undefined);
  await Promise.all([failed, told]);
});

test('another form with a used key is refused', async () => {
  const { context, user, accountId } = await setUp();
  const once = circumstances();
  await pay(context, user, { form: form(accountId), circumstances: once });
  const other = form(accountId, { amount: { amount: 26_000, currency: 'NOK' } });
  await expect(pay(context, user, { form: other, circumstances: once })).rejects.toMatchObject({
    code: 'idempotency_key_reused',
  });
});

test.each([
  [
    'a creditor account with a wrong digit',
    { creditor: { name: 'A', accountNumber: '15032080179' } },
    'payment_creditor_account_invalid',
  ],
  ['an amount of nothing', { amount: { amount: 0, currency: 'NOK' } }, 'payment_amount_invalid'],
  ['another currency', { amount: { amount: 100, currency: 'SEK' } }, 'payment_amount_invalid'],
  ['more than Drop takes', { amount: { amount: 100_000_001, currency: 'NOK' } }, 'payment_amount_invalid'],
  ['a KID with a wrong control digit', { kid: '2345677' }, 'payment_kid_invalid'],
  ['a KID and a text', { text: 'Strøm' }, 'payment_kid_invalid'],
  ['more than there is', { amount: { amount: 90_000_000, currency: 'NOK' } }, 'payment_insufficient_funds'],
])('%s is refused before anything is written', async (_case, change: Partial<PaymentForm>, code) => {
  const { context, user, accountId } = await setUp();
  const request = { form: form(accountId, change), circumstances: circumstances() };
  await expect(pay(context, user, request)).rejects.toMatchObject({ code });
  expect(await listPayments(context.store.database, user.id, 10)).toHaveLength(0);
});

test.each([
  ['none', 'kyc_required'],
  ['pending', 'kyc_required'],
  ['rejected', 'kyc_rejected'],
] as const)('a customer whose verification is %s may not pay', async (kycStatus, code) => {
  const { context, user, accountId } = await setUp();
  const unverified = { ...user, kycStatus };
  const request = { form: form(accountId), circumstances: circumstances() };
  await expect(pay(context, unverified, request)).rejects.toMatchObject({ code });
});

test("another customer's account is unknown", async () => {
  const { context, accountId } = await setUp();
  const stranger = await customer(context);
  const request = { form: form(accountId), circumstances: circumstances() };
  await expect(pay(context, stranger, request)).rejects.toMatchObject({ code: 'account_unknown' });
});

test('who is refused while the bank reads the balance does not pay', async () => {
  const { context, user, accountId } = await setUp();
  const provider = context.services.openBanking.forNewConsent({ customerId: 'c' });
  if (!provider.ais || !provider.pis) throw new RangeError('the mock reads balances and initiates payments');
  const { ais } = provider;
  const readBalance: typeof ais.readBalance = async (account, how) => {
    await setKycStatus(context.store.database, user.id, 'rejected');
    return ais.readBalance(account, how);
  };
  const replaced = { ...provider, ais: { ...ais, readBalance } };
  context.services.openBanking.pinned = () => replaced;
  const paying = pay(context, user, { form: form(accountId), circumstances: circumstances() });
  await expect(paying).rejects.toMatchObject({ code: 'kyc_rejected' });
  expect(await listPayments(context.store.database, user.id, 1)).toEqual([]);
});

test('after a lost answer the payment is unknown and is not sent again', async () => {
  const { context, user, accountId } = await setUp();
  let initiated = 0;
  replacePis(context, (pis) => ({
    ...pis,
    idempotentInitiation: false,
    initiatePayment: async () => {
      initiated += 1;
      throw new DropError('payment_outcome_unknown', { outcome: 'unknown' });
    },
  }));
  const once = circumstances();
  const payment = await pay(context, user, { form: form(accountId), circumstances: once });
  expect(payment.status).toBe('unknown');
  await pay(context, user, { form: form(accountId), circumstances: once });
  expect(initiated).toBe(1);
});

test.each([
  ['not_sent', 'failed'],
  ['refused', 'rejected'],
] as const)('an initiation that is %s leaves the payment %s', async (outcome, status) => {
  const { context, user, accountId } = await setUp();
  replacePis(context, (pis) => ({
    ...pis,
    initiatePayment: async () => {
      throw new DropError('payment_refused_by_bank', { outcome });
    },
  }));
  const request = { form: form(accountId), circumstances: circumstances() };
  await expect(pay(context, user, request)).rejects.toMatchObject({ code: 'payment_refused_by_bank' });
  const [payment] = await listPayments(context.store.database, user.id, 1);
  expect(payment?.status).toBe(status);
});

/** A payment that did not reach the bank, which can be asked again now; returns what was requested. */
async function notSent(context: TestContext, user: User, accountId: string) {
  const before = context.services.openBanking;
  replacePis(context, (pis) => ({
    ...pis,
    initiatePayment: async () => {
      throw new DropError('bank_unavailable', { outcome: 'not_sent' });
    },
  }));
  const request = { form: form(accountId), circumstances: circumstances() };
  await expect(pay(context, user, request)).rejects.toMatchObject({ code: 'bank_unavailable' });
  context.services.openBanking = before;
  return request;
}

test('an order that was not sent is sent under the same key, once the bank can be asked again', async () => {
  const { context, user, accountId } = await setUp();
  const request = await notSent(context, user, accountId);
  expect(await pay(context, user, request)).toMatchObject({ status: 'awaiting_authorisation' });
  expect(await listPayments(context.store.database, user.id, 10)).toHaveLength(1);
});

test('a customer who may no longer pay cannot try again either', async () => {
  const { context, user, accountId } = await setUp();
  const request = await notSent(context, user, accountId);
  await setKycStatus(context.store.database, user.id, 'rejected');
  await expect(pay(context, user, request)).rejects.toMatchObject({ code: 'kyc_rejected' });
  expect(await listPayments(context.store.database, user.id, 10)).toMatchObject([{ status: 'failed' }]);
});

test('what the provider cannot call back is not offered to be called back', async () => {
  const { context, user, accountId } = await setUp();
  const request = { form: form(accountId), circumstances: circumstances() };
  const payment = await pay(context, user, request);
  expect(isCancellable(context, payment)).toBe(false);
  replacePis(context, (pis) => ({
    ...pis,
    cancelPayment: async (key) => ({ ...(await pis.readPayment(key)), next: noStep }),
  }));
  expect(isCancellable(context, payment)).toBe(true);
  expect(isCancellable(context, { ...payment, status: 'settled' })).toBe(false);
});

test('an expired consent stops the payment before anything is written', async () => {
  const { context, user, accountId } = await setUp();
  context.clock.advance(181 * 86_400_000);
  const request = { form: form(accountId), circumstances: circumstances() };
  await expect(pay(context, user, request)).rejects.toMatchObject({ code: 'consent_expired' });
  expect(await listPayments(context.store.database, user.id, 10)).toHaveLength(0);
});
