import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dayAfter } from '#domain/banking/bank-days.ts';
import { redirectUrlOf } from '#domain/banking/next-step.ts';
import { osloDay } from '#domain/oslo-time.ts';
import { searchStatement, type AccountTransaction } from '#domain/payment/statement.ts';
import type { PaymentRequest, TransactionReading } from '#services/open-banking/service.ts';
import { startEmulated, type EmulatedStack } from './open-banking-stack.ts';
import {
  accountKeyOf,
  attended,
  bankIdAt,
  capability,
  consent,
  dropError,
  firstAccount,
  paymentBankIdAt,
  paymentRequest,
  providers,
} from './open-banking-subjects.ts';

/** The readings that the law allows in a day without the customer. */
const readingsMax = 4;

/** The statements of an account, over every provider that reads transactions. */
const reading = await Promise.all(
  providers.map(async ({ definition }) => {
    const stack = await startEmulated(definition);
    const isReading = stack.provider.ais?.transactions !== undefined;
    await stack.close();
    return isReading ? [{ definition, name: definition.displayName }] : [];
  }),
);

describe.each(reading.flat())('the transactions of an account: $name', ({ definition }) => {
  let stack: EmulatedStack;
  beforeEach(async () => {
    stack = await startEmulated(definition);
  });
  afterEach(() => stack.close());

  async function linked() {
    const ais = capability(stack.provider.ais);
    const transactions: TransactionReading = capability(ais.transactions);
    const grant = await (await consent(stack, await bankIdAt(ais))).complete();
    const account = accountKeyOf(grant);
    const today = osloDay(stack.clock.now());
    const read = (daysAgo: number): Promise<AccountTransaction[]> =>
      transactions.readTransactions(
        account,
        { from: dayAfter(today, -daysAgo), to: today },
        { kind: 'unattended' },
      );
    const { accountNumber = '' } = firstAccount(grant);
    return { account, transactions, read, accountNumber };
  }

  async function pay(debtorAccountNumber: string): Promise<PaymentRequest> {
    const pis = capability(stack.provider.pis);
    const bankId = await paymentBankIdAt(capability(stack.provider.ais));
    const request = paymentRequest(bankId, { debtorAccountNumber }, stack.webhookUrl);
    const { next } = await pis.initiatePayment(request, attended);
    await stack.visit(redirectUrlOf(next), 'approve');
    await stack.pass(5_000);
    return request;
  }

  test('are covered by a consent that was granted', async () => {
    const { account, transactions } = await linked();
    expect(await transactions.areCovered(account)).toBe(true);
  });

  test('show a payment, as a proof where they carry its end-to-end id and as a hint where not', async () => {
    const { transactions, read, accountNumber } = await linked();
    const { order, paymentId } = await pay(accountNumber);
    const found = searchStatement({ ...order, id: paymentId }, await read(1));
    if (transactions.carries === 'end_to_end_id')
      expect(found.proof).toMatchObject({ isBooked: true, isRepeated: false, order: { money: order.money } });
    else expect(found).toMatchObject({ proof: undefined, hints: [{ kind: 'alike', isBooked: true }] });
  });

  test('are those of all pages, each once, and one reading of the day', async () => {
    const { read } = await linked();
    const first = await read(100);
    const references = first.map(({ reference }) => reference);
    expect(references.length).toBeGreaterThan(20);
    expect(new Set(references).size).toBe(references.length);
    for (let readings = 1; readings < readingsMax; readings += 1) await read(100);
    await expect(read(100)).rejects.toEqual(dropError('bank_rate_limited'));
  });

  test('are of the days that were asked for', async () => {
    const { read } = await linked();
    const from = dayAfter(osloDay(stack.clock.now()), -30);
    const days = (await read(30)).map(({ day = '' }) => day);
    expect(days.filter((day) => day < from)).toEqual([]);
    expect(days.length).toBeGreaterThan(5);
  });
});
