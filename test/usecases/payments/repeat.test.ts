import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { DropError } from '#domain/errors.ts';
import type { PaymentStatus } from '#domain/payment/status.ts';
import { pay, type PaymentCircumstances, type PaymentForm } from '#usecases/payments/pay.ts';
import { whileTimePasses } from '../../support/while-time-passes.ts';
import { access, report } from '../banking/made-up-bank.ts';
import { linkedBank } from './linked-bank.ts';

async function stand() {
  const { bank, form } = await linkedBank();
  let count = 0;
  bank.provider.pis.initiatePayment = async () => report({ reference: `payment-${(count += 1)}` });
  return {
    bank,
    sent: () => count,
    send: (change: Partial<PaymentForm> = {}, more: Partial<PaymentCircumstances> = {}) =>
      pay(bank.context, bank.user, {
        form: { ...form, ...change },
        circumstances: { idempotencyKey: randomUUID(), access, locale: 'nb', ...more },
      }),
  };
}

const repeated = { code: 'payment_repeated', status: 409 };

test('a second payment of one amount to one account is sent only when the customer says so', async () => {
  const { send, sent } = await stand();
  await send();
  await expect(send()).rejects.toMatchObject(repeated);
  await expect(send({ text: 'another text' })).rejects.toMatchObject(repeated);
  expect(sent()).toBe(1);
  await send({}, { acceptsRepeat: true });
  expect(sent()).toBe(2);
});

test('of two such payments at the same moment one is sent', async () => {
  const { send, sent } = await stand();
  const outcomes = await Promise.allSettled([send(), send(), send()]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(sent()).toBe(1);
});

test('another amount, another account and another time are no repetition', async () => {
  const { bank, send, sent } = await stand();
  await send();
  await send({ amount: { amount: 25_001, currency: 'NOK' } });
  await send({ creditor: { name: 'Strømselskapet AS', accountNumber: '86011117947' } });
  bank.context.clock.advance(600_000);
  await send();
  expect(sent()).toBe(4);
});

const unsent: PaymentStatus[] = ['rejected', 'cancelled', 'expired', 'failed'];

test.each(unsent)('a payment that is %s is not repeated by another', async (status) => {
  const { bank, send, sent } = await stand();
  await send();
  await bank.context.store.database.updateTable('transactions').set({ status }).execute();
  await send();
  expect(sent()).toBe(2);
});

test('a payment whose status is contradicted may have gone through, and is asked about', async () => {
  const { bank, send } = await stand();
  await send();
  const change = {
    status: 'rejected',
    contradicted_at: bank.context.clock.now(),
    contradiction: [],
  } as const;
  await bank.context.store.database
    .updateTable('transactions')
    .set({ ...change, contradiction: [] })
    .execute();
  await expect(send()).rejects.toMatchObject(repeated);
});

/** A payment that did not reach the bank, after which the customer has paid with another one. */
async function replaced() {
  const all = await stand();
  const { bank, send } = all;
  const { initiatePayment } = bank.provider.pis;
  bank.provider.pis.initiatePayment = async () => {
    throw new DropError('bank_unavailable', { outcome: 'not_sent' });
  };
  const idempotencyKey = randomUUID();
  await expect(send({}, { idempotencyKey })).rejects.toMatchObject({ code: 'bank_unavailable' });
  Object.assign(bank.provider.pis, { initiatePayment });
  bank.context.clock.advance(600_001);
  const sendAgain = (more: Partial<PaymentCircumstances> = {}) => send({}, { idempotencyKey, ...more });
  return { ...all, sendAgain };
}

test('a payment that failed is sent again under its key', async () => {
  const { sendAgain, sent } = await replaced();
  await sendAgain();
  expect(sent()).toBe(1);
});

test('a payment that failed is sent again beside the one in its place only when the customer says so', async () => {
  const { send, sendAgain, sent } = await replaced();
  await send();
  await expect(sendAgain()).rejects.toMatchObject(repeated);
  expect(sent()).toBe(1);
  await sendAgain({ acceptsRepeat: true });
  expect(sent()).toBe(2);
});

test('of a payment that failed and the one in its place at the same moment one is sent', async () => {
  const { bank, send, sendAgain, sent } = await replaced();
  const atOnce = Promise.allSettled([sendAgain(), send(), sendAgain()]);
  const outcomes = await whileTimePasses(bank.context.clock, atOnce);
  expect(sent()).toBe(1);
  expect(outcomes.filter(({ status }) => status === 'rejected')).not.toEqual([]);
});

test('a payment that was put aside is repeated by none, until it was approved after all', async () => {
  const { bank, send } = await stand();
  const { database } = bank.context.store;
  await send();
  await database.updateTable('transactions').set({ dismissed_at: bank.context.clock.now() }).execute();
  await send();
  await database
    .updateTable('transactions')
    .set({ status: 'cancelled' })
    .where('dismissed_at', 'is', null)
    .execute();
  await database
    .updateTable('transactions')
    .set({ status: 'settled' })
    .where('dismissed_at', 'is not', null)
    .execute();
  await expect(send()).rejects.toMatchObject(repeated);
});
