import { afterEach, beforeEach, describe, expect, test, type TestContext } from 'vitest';
import { instantOereMax } from '#domain/banking/order-fault.ts';
import { dayAfter } from '#domain/banking/bank-days.ts';
import { redirectUrlOf } from '#domain/banking/next-step.ts';
import type { PaymentRules } from '#domain/banking/payment-rules.ts';
import { osloDay } from '#domain/oslo-time.ts';
import { statusOfOrder, type Execution } from '#domain/payment/execution.ts';
import { differencesOf, type PaymentOrder } from '#domain/payment/order.ts';
import type {
  AccountInformation,
  PaymentInitiation,
  PaymentKey,
  PaymentReport,
  PaymentRequest,
} from '#services/open-banking/service.ts';
import type { EmulatedStack, OpenBankingStack } from './open-banking-stack.ts';
import {
  attended,
  capability,
  consent,
  dayMs,
  firstAccount,
  kroner,
  paymentKeyOf,
  paymentRequest,
  subjects,
} from './open-banking-subjects.ts';

/**
 * Instant orders and orders for a later day, over every provider, at the first of its banks whose rules take them.
 * Where no bank does, nothing is to be proved.
 */
describe.each(subjects)('how an order is carried out: $name', (subject) => {
  let stack: OpenBankingStack;
  let ais: AccountInformation;
  let pis: PaymentInitiation;

  beforeEach(async () => {
    stack = await subject.start();
    ais = capability(stack.provider.ais);
    pis = capability(stack.provider.pis);
  });
  afterEach(() => stack.close());

  interface Taking {
    rules: PaymentRules;
    requestOf(order: Partial<PaymentOrder>): PaymentRequest;
  }

  /** The first bank that takes such orders; the test ends where there is none. */
  async function bankTaking(context: TestContext, takes: (rules: PaymentRules) => boolean): Promise<Taking> {
    const banks = await ais.listBanks();
    const bank = banks.find(({ paymentRules }) => paymentRules !== undefined && takes(paymentRules));
    if (bank?.paymentRules === undefined || bank.paymentBankId === undefined)
      return context.skip('no bank of the provider takes such orders');
    const { paymentBankId, paymentRules: rules } = bank;
    const grant = await (await consent(stack, bank.id)).complete();
    const debtorAccountNumber = firstAccount(grant).accountNumber ?? '';
    const webhookUrl = 'webhookUrl' in stack ? (stack as EmulatedStack).webhookUrl : undefined;
    return {
      rules,
      requestOf: (order) => paymentRequest(paymentBankId, { debtorAccountNumber, ...order }, webhookUrl),
    };
  }

  const dated = (context: TestContext) => bankTaking(context, ({ daysAheadMax }) => daysAheadMax > 0);
  const instant = (context: TestContext) => bankTaking(context, ({ takesInstant }) => takesInstant);
  const today = () => osloDay(stack.clock.now());
  const inDays = (days: number): Execution => ({ kind: 'on', date: dayAfter(today(), days) });

  async function approved(request: PaymentRequest): Promise<PaymentKey> {
    const { reference, next } = await pis.initiatePayment(request, attended);
    await stack.visit(redirectUrlOf(next), 'approve');
    await stack.pass(5_000);
    return paymentKeyOf(request, reference);
  }

  /** What the report says of the order, as Drop reads it. */
  function read({ order: { execution } }: PaymentRequest, report: PaymentReport) {
    return statusOfOrder(report.status, execution, stack.clock.now());
  }

  const differences = ({ order, paymentId }: PaymentRequest, report: PaymentReport): string[] =>
    differencesOf({ ...order, id: paymentId }, report.order);

  const sends = (): number =>
    'attempts' in stack
      ? (stack as EmulatedStack).attempts.filter(({ operation }) =>
          operation.endsWith(`.${subject.operations.initiate}`),
        ).length
      : 0;

  test('an order for a later day waits for it, and is then settled', async (context) => {
    const { requestOf } = await dated(context);
    const request = requestOf({ execution: inDays(10) });
    const payment = await approved(request);
    const waiting = await pis.readPayment(payment);
    expect(read(request, waiting)).toBe('scheduled');
    expect(differences(request, waiting)).toEqual([]);
    await stack.pass(9 * dayMs);
    expect(read(request, await pis.readPayment(payment))).toBe('scheduled');
    await stack.pass(dayMs);
    expect(await pis.readPayment(payment)).toMatchObject({ status: 'settled' });
  });

  test('an order for a later day may have a KID', async (context) => {
    const { requestOf } = await dated(context);
    const remittance = { kind: 'kid', kid: '1234567897' } as const;
    const request = requestOf({ execution: inDays(2), remittance });
    expect(read(request, await pis.readPayment(await approved(request)))).toBe('scheduled');
  });

  test('an instant order is settled as one', async (context) => {
    const { requestOf } = await instant(context);
    const request = requestOf({ execution: { kind: 'instant' } });
    const report = await pis.readPayment(await approved(request));
    expect(report).toMatchObject({ status: 'settled' });
    expect(differences(request, report)).toEqual([]);
  });

  test.for<[string, Partial<PaymentOrder>, string]>([
    ['with a KID', { remittance: { kind: 'kid', kid: '1234567897' } }, 'instant_with_kid'],
    ['of too large an amount', { money: kroner(instantOereMax + 1) }, 'instant_amount_too_large'],
  ])('an instant order %s is refused before it is sent', async ([, change, message], context) => {
    const { requestOf } = await instant(context);
    await refusesUnsent(requestOf({ ...change, execution: { kind: 'instant' } }), message);
  });

  test('an order for today, or for a day too far ahead, is refused before it is sent', async (context) => {
    const { requestOf, rules } = await dated(context);
    await refusesUnsent(requestOf({ execution: inDays(0) }), 'execution_date_not_future');
    const tooFar = inDays(rules.daysAheadMax + 1);
    await refusesUnsent(requestOf({ execution: tooFar }), 'execution_date_too_far');
  });

  test.for<[string, (rules: PaymentRules) => boolean, () => Execution, string]>([
    [
      'an instant order',
      ({ takesInstant }) => !takesInstant,
      () => ({ kind: 'instant' }),
      'instant_not_taken',
    ],
    [
      'an order for a later day',
      ({ daysAheadMax }) => daysAheadMax === 0,
      () => inDays(2),
      'execution_date_not_taken',
    ],
  ])(
    '%s at a bank that takes none is refused before it is sent',
    async ([, takesNone, how, message], context) => {
      const { requestOf } = await bankTaking(context, takesNone);
      await refusesUnsent(requestOf({ execution: how() }), message);
    },
  );

  test('an order for a later day is called back where the bank says that it can be', async (context) => {
    const isCallable = ({ daysAheadMax, cancellation }: PaymentRules) =>
      daysAheadMax > 0 && cancellation !== 'none';
    const { requestOf } = await bankTaking(context, isCallable);
    const payment = await approved(requestOf({ execution: inDays(10) }));
    const { next } = await capability(pis.cancelPayment)(payment, attended);
    if (next.kind === 'redirect') await stack.visit(next.url, 'approve');
    await stack.pass(11 * dayMs);
    expect(await pis.readPayment(payment)).toMatchObject({ status: 'cancelled' });
  });

  test('the sandbox brings the day of a payment nearer', async (context) => {
    if (!('act' in stack)) return context.skip('a mock has no bank to control');
    const { requestOf } = await dated(context);
    const payment = await approved(requestOf({ execution: inDays(10) }));
    await (stack as EmulatedStack).act('advance_days', { days: 9 });
    await stack.pass(5_000);
    expect((await pis.readPayment(payment)).status).not.toBe('settled');
    await (stack as EmulatedStack).act('advance_days', { days: 1 });
    await stack.pass(5_000);
    expect(await pis.readPayment(payment)).toMatchObject({ status: 'settled' });
  });

  test('the sandbox ends the time in which a payment can be approved', async (context) => {
    if (!('act' in stack)) return context.skip('a mock has no bank to control');
    const { requestOf } = await dated(context);
    const request = requestOf({ execution: inDays(10) });
    const { reference } = await pis.initiatePayment(request, attended);
    await (stack as EmulatedStack).act('expire_approvals', {});
    await stack.pass(5_000);
    const payment = paymentKeyOf(request, reference);
    expect(await pis.readPayment(payment)).toMatchObject({ status: 'rejected' });
  });

  test('the rules of the banks say of cancellation what the provider can do', async () => {
    for (const { paymentRules } of await ais.listBanks()) {
      if (paymentRules === undefined) continue;
      const { cancelPayment, cancelsScheduledOnly = false } = pis;
      expect(paymentRules.cancellation !== 'none').toBe(cancelPayment !== undefined);
      expect(paymentRules.cancellation === 'scheduled').toBe(cancelsScheduledOnly);
    }
  });

  async function refusesUnsent(request: PaymentRequest, message: string): Promise<void> {
    const details = expect.objectContaining({
      outcome: 'not_sent',
      fields: [expect.objectContaining({ message })],
    }) as unknown;
    const refused = expect.objectContaining({ code: 'invalid_request', details }) as unknown;
    await expect(pis.initiatePayment(request, attended)).rejects.toEqual(refused);
    expect(sends()).toBe(0);
  }
});
