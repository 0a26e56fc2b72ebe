import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { dayAfter } from '#domain/banking/bank-days.ts';
import { noStep } from '#domain/banking/next-step.ts';
import { osloDay } from '#domain/oslo-time.ts';
import type { PaymentInitiation } from '#services/open-banking/service.ts';
import { listAccounts } from '#store/bank-accounts.ts';
import { findPayment, type Payment } from '#store/payments.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { isCancellable, cancelPayment } from '#usecases/payments/cancel.ts';
import { pay, type PaymentForm } from '#usecases/payments/pay.ts';
import { reconcileDuePayments } from '#usecases/payments/reconcile-due.ts';
import { applyReport } from '#usecases/payments/report.ts';
import { listPayments } from '../../support/customer-payments.ts';
import { returnOf } from '../../support/bank-return.ts';
import { customer, testContext, type TestContext } from '../../support/context.ts';
import { report } from '../banking/made-up-bank.ts';

const access = { kind: 'attended', ipAddress: '127.0.0.1', userAgent: 'test' } as const;
const hourMs = 3_600_000;

/** A customer with an account at a bank of the mock, which takes every kind of order. */
class PayingCustomer {
  readonly context: TestContext;
  readonly user: Awaited<ReturnType<typeof customer>>;
  readonly accountId: string;
  /** How often the bank was asked about a payment. */
  readings = 0;

  private constructor(context: TestContext, user: PayingCustomer['user'], accountId: string) {
    this.context = context;
    this.user = user;
    this.accountId = accountId;
    // The bank gives no hints: Drop finds out by asking.
    context.services.openBanking.forNewConsent({ customerId: 'c' }).onPaymentHint(async () => undefined);
    const { readPayment } = this.pis;
    this.pis.readPayment = async (payment) => {
      this.readings += 1;
      return readPayment(payment);
    };
  }

  static async start(): Promise<PayingCustomer> {
    const context = await testContext();
    const user = await customer(context);
    const { next } = await startConnection(context, user, { bankId: context.bankId, access, locale: 'nb' });
    await returnFromBank(context, user, { parameters: returnOf(next), access });
    const [account] = await listAccounts(context.store.database, user.id, context.clock.now());
    return new PayingCustomer(context, user, account?.id ?? '');
  }

  get pis(): PaymentInitiation {
    const { pis } = this.context.services.openBanking.forNewConsent({ customerId: 'c' });
    if (pis === undefined) throw new RangeError('the mock initiates payments');
    return pis;
  }

  /** So many days from today in Norway. */
  day(days: number): string {
    return dayAfter(osloDay(this.context.clock.now()), days);
  }

  pay(change: Partial<PaymentForm>, idempotencyKey: string = randomUUID()): Promise<Payment> {
    const form = {
      accountId: this.accountId,
      amount: { amount: 25_000, currency: 'NOK' },
      creditor: { name: 'Strømselskapet AS', accountNumber: '15032080178' },
      kid: undefined,
      text: undefined,
      ...change,
    };
    const circumstances = { idempotencyKey, access, locale: 'nb' } as const;
    return pay(this.context, this.user, { form, circumstances });
  }

  async found({ id }: Payment): Promise<Payment | undefined> {
    return findPayment(this.context.store.database, { id });
  }

  async pass(durationMs: number): Promise<void> {
    this.context.clock.advance(durationMs);
    await reconcileDuePayments(this.context);
  }

  /** A payment for a later day that the customer has approved. */
  async scheduled(days: number): Promise<Payment> {
    const payment = await this.pay({ executionDate: this.day(days) });
    await this.pass(25_000);
    expect((await this.found(payment))?.status).toBe('scheduled');
    return payment;
  }
}

const refusedField = (field: string, message: string): unknown =>
  expect.objectContaining({
    code: 'invalid_request',
    details: expect.objectContaining({ fields: [{ field, message }] }),
  });

test('an approved order for a later day is scheduled, and settles on that day', async () => {
  const drop = await PayingCustomer.start();
  const payment = await drop.scheduled(10);
  expect((await drop.found(payment))?.order.execution).toEqual({ kind: 'on', date: drop.day(10) });
  await drop.pass(9 * 24 * hourMs);
  expect((await drop.found(payment))?.status).toBe('scheduled');
  await drop.pass(24 * hourMs);
  expect((await drop.found(payment))?.status).toBe('settled');
});

test('the bank is asked about a scheduled payment once a day, and on its day from the morning on', async () => {
  const drop = await PayingCustomer.start();
  const payment = await drop.scheduled(3);
  const dueAt = async () => (await drop.found(payment))?.dueAt;
  const approvedMs = drop.context.clock.now().getTime();
  expect((await dueAt())?.getTime()).toBeGreaterThanOrEqual(approvedMs + 23 * hourMs);
  const before = drop.readings;
  for (let hour = 0; hour < 23; hour += 1) await drop.pass(hourMs);
  expect(drop.readings).toBe(before);
  await drop.pass(2 * hourMs);
  expect(drop.readings).toBe(before + 1);
  await drop.pass(24 * hourMs);
  const morning = `${drop.day(1)}T05:00:00.000Z`;
  expect((await dueAt())?.toISOString()).toBe(morning);
});

test('the balance of today does not matter to an order for a later day', async () => {
  const drop = await PayingCustomer.start();
  const amount = { amount: 90_000_000, currency: 'NOK' };
  await expect(drop.pay({ amount })).rejects.toMatchObject({ code: 'payment_insufficient_funds' });
  const { status } = await drop.pay({ amount, executionDate: drop.day(2) });
  expect(status).toBe('awaiting_authorisation');
});

test.each<[string, (drop: PayingCustomer) => Partial<PaymentForm>, string, string]>([
  ['for today', (drop) => ({ executionDate: drop.day(0) }), 'executionDate', 'execution_date_not_future'],
  ['too far ahead', (drop) => ({ executionDate: drop.day(366) }), 'executionDate', 'execution_date_too_far'],
  [
    'for a day that is to be instant',
    (drop) => ({ executionDate: drop.day(1), isInstant: true }),
    'executionDate',
    'execution_date_with_instant',
  ],
  [
    'with a KID that is to be instant',
    () => ({ kid: '2345676', isInstant: true }),
    'instant',
    'instant_with_kid',
  ],
])('an order %s is refused before it is written down', async (_what, change, field, message) => {
  const drop = await PayingCustomer.start();
  await expect(drop.pay(change(drop))).rejects.toEqual(refusedField(field, message));
  expect(await listPayments(drop.context.store.database, drop.user.id, 10)).toEqual([]);
});

test('a bank of which the provider says nothing takes normal orders only', async () => {
  const drop = await PayingCustomer.start();
  const { ais } = drop.context.services.openBanking.forNewConsent({ customerId: 'c' });
  const banks = (await ais?.listBanks()) ?? [];
  Object.assign(ais ?? {}, {
    listBanks: async () => banks.map((bank) => ({ ...bank, paymentRules: undefined })),
  });
  await expect(drop.pay({ isInstant: true })).rejects.toEqual(refusedField('instant', 'instant_not_taken'));
  const later = drop.pay({ executionDate: drop.day(1) });
  await expect(later).rejects.toEqual(refusedField('executionDate', 'execution_date_not_taken'));
  expect((await drop.pay({})).status).toBe('awaiting_authorisation');
});

test('rules that an earlier version kept name no such orders, and the present ones count', async () => {
  const drop = await PayingCustomer.start();
  const { database } = drop.context.store;
  const kept = { takesKid: true, kidLength: { min: 2, max: 25 }, textLengthMax: 140 };
  await database
    .updateTable('bank_connections')
    .set({ payment_rules: JSON.stringify(kept) })
    .execute();
  const [account] = await listAccounts(database, drop.user.id, drop.context.clock.now());
  expect(account?.paymentRules).toMatchObject({ ...kept, takesInstant: false, daysAheadMax: 0 });
  expect((await drop.pay({ isInstant: true })).status).toBe('awaiting_authorisation');
});

test('the day and the kind belong to the form that a key names', async () => {
  const drop = await PayingCustomer.start();
  const key = randomUUID();
  const first = await drop.pay({ executionDate: drop.day(1) }, key);
  expect((await drop.pay({ executionDate: drop.day(1) }, key)).id).toBe(first.id);
  for (const change of [{}, { isInstant: true } as const, { executionDate: drop.day(2) }])
    await expect(drop.pay(change, key)).rejects.toMatchObject({ code: 'idempotency_key_reused' });
});

test.each([
  ['another day', { executionDate: '2030-01-02' }, 'executionDate'],
  ['an instant payment', { isInstant: true }, 'instant'],
])('a bank that reports %s than was ordered contradicts the payment', async (_what, change, difference) => {
  const drop = await PayingCustomer.start();
  const payment = await drop.scheduled(10);
  const { reference = '', order } = (await drop.found(payment)) ?? payment;
  const { money, creditorAccountNumber } = order;
  const reported = { kind: 'read', order: { money, creditorAccountNumber, ...change } } as const;
  const settled = report({ reference, status: 'settled', wireStatus: 'ACSC', order: reported });
  await applyReport(drop.context, payment.id, { report: settled, evidence: 'poll' });
  expect(await drop.found(payment)).toMatchObject({ status: 'scheduled', contradiction: [difference] });
});

test('a scheduled payment is called back where the provider can', async () => {
  const drop = await PayingCustomer.start();
  const payment = await drop.scheduled(10);
  expect(isCancellable(drop.context, (await drop.found(payment)) ?? payment)).toBe(false);
  const { reference = '' } = (await drop.found(payment)) ?? payment;
  const cancelled = { ...report({ reference, status: 'cancelled', wireStatus: 'CANC' }), next: noStep };
  Object.assign(drop.pis, { cancelPayment: async () => cancelled });
  expect(isCancellable(drop.context, (await drop.found(payment)) ?? payment)).toBe(true);
  await cancelPayment(drop.context, drop.user, { id: payment.id, access });
  expect((await drop.found(payment))?.status).toBe('cancelled');
});

test('where only scheduled payments can be called back, no other is offered to be', async () => {
  const drop = await PayingCustomer.start();
  Object.assign(drop.pis, { cancelPayment: async () => report(), cancelsScheduledOnly: true });
  const normal = await drop.pay({});
  const dated = await drop.pay({ executionDate: drop.day(3), amount: { amount: 100, currency: 'NOK' } });
  expect([normal, dated].map((payment) => isCancellable(drop.context, payment))).toEqual([false, true]);
  const asked = cancelPayment(drop.context, drop.user, { id: normal.id, access });
  await expect(asked).rejects.toMatchObject({ code: 'payment_not_cancellable' });
});
