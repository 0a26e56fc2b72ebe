import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { DropError } from '#domain/errors.ts';
import { pay, type PaymentCircumstances } from '#usecases/payments/pay.ts';
import { changeSettings, settingsOf } from '#usecases/settings/settings.ts';
import { access, report } from '../banking/made-up-bank.ts';
import { linkedBank } from './linked-bank.ts';

const kroner = (amount: number) => ({ amount: amount * 100, currency: 'NOK' });
const aboveOne = { code: 'payment_above_own_limit', status: 422, details: { outcome: 'not_sent' } };
const aboveDay = { code: 'payment_above_day_limit', status: 422, details: { outcome: 'not_sent' } };

/** A customer with limits, in kroner. `send` pays an amount in kroner. */
async function stand(limits: { payment?: number; day?: number }) {
  const { bank, form } = await linkedBank();
  const { context, user } = bank;
  let count = 0;
  bank.provider.pis.initiatePayment = async () => report({ reference: `payment-${(count += 1)}` });
  await changeSettings(context, user.id, {
    ...(limits.payment !== undefined && { paymentLimit: kroner(limits.payment) }),
    ...(limits.day !== undefined && { dayLimit: kroner(limits.day) }),
  });
  return {
    bank,
    sent: () => count,
    send: (amount: number, more: Partial<PaymentCircumstances> = {}) =>
      pay(context, user, {
        form: { ...form, amount: kroner(amount) },
        circumstances: { idempotencyKey: randomUUID(), access, locale: 'nb', acceptsRepeat: true, ...more },
      }),
  };
}

test('a payment up to the limit is sent, and one above it is not', async () => {
  const { send, sent } = await stand({ payment: 300 });
  await send(300);
  await expect(send(301)).rejects.toMatchObject(aboveOne);
  expect(sent()).toBe(1);
});

test('the payments of one day are sent up to the limit of the day', async () => {
  const { send, sent } = await stand({ day: 500 });
  await send(300);
  await expect(send(201)).rejects.toMatchObject(aboveDay);
  await send(200);
  expect(sent()).toBe(2);
});

test('the day ends at midnight in Norway', async () => {
  const { bank, send } = await stand({ day: 500 });
  await send(500);
  const { clock } = bank.context;
  const untilMs = (time: string) => new Date(`2026-02-23T${time}Z`).getTime() - clock.now().getTime();
  clock.advance(untilMs('22:59:59'));
  await expect(send(1)).rejects.toMatchObject(aboveDay);
  clock.advance(untilMs('23:00:00'));
  await send(500);
});

test('of two payments at the same moment that fit alone but not together, one is sent', async () => {
  const { send, sent } = await stand({ day: 500 });
  const outcomes = await Promise.allSettled([send(300), send(301)]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(sent()).toBe(1);
});

test('a payment that the bank refused does not count', async () => {
  const { bank, send } = await stand({ day: 500 });
  const { initiatePayment } = bank.provider.pis;
  bank.provider.pis.initiatePayment = async () => report({ status: 'rejected' });
  await send(500);
  bank.provider.pis.initiatePayment = initiatePayment;
  await send(500);
});

test('a payment that failed is sent again only if it still fits', async () => {
  const { bank, send, sent } = await stand({ day: 500 });
  const { initiatePayment } = bank.provider.pis;
  bank.provider.pis.initiatePayment = async () => {
    throw new DropError('bank_unavailable', { outcome: 'not_sent' });
  };
  const key = { idempotencyKey: randomUUID() };
  await expect(send(300, key)).rejects.toMatchObject({ code: 'bank_unavailable' });
  bank.provider.pis.initiatePayment = initiatePayment;
  await send(400);
  await expect(send(300, key)).rejects.toMatchObject(aboveDay);
  expect(sent()).toBe(1);
});

test('a payment that was put aside counts, since it can still be approved at the bank', async () => {
  const { bank, send } = await stand({ day: 500 });
  await send(300);
  const { clock, store } = bank.context;
  await store.database.updateTable('transactions').set({ dismissed_at: clock.now() }).execute();
  await expect(send(300)).rejects.toMatchObject(aboveDay);
});

test('a limit can be removed, and the other one stays', async () => {
  const { bank, send } = await stand({ payment: 300, day: 1_000 });
  await changeSettings(bank.context, bank.user.id, { paymentLimit: null });
  expect(await settingsOf(bank.context, bank.user.id)).toMatchObject({
    paymentLimit: null,
    dayLimit: kroner(1_000),
  });
  await send(400);
});
