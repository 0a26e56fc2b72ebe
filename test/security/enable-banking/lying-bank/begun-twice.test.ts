import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Payment } from '#store/payments.ts';
import { listPayments } from '../../../support/customer-payments.ts';
import { LyingBank, initiationAs } from './world.ts';

async function onlyPayment(bank: LyingBank): Promise<Payment> {
  const [payment] = await listPayments(bank.context.store.database, bank.user.id, 1);
  if (!payment) throw new RangeError('it was written down');
  return payment;
}

async function webhook(bank: LyingBank): Promise<void> {
  const { payments } = bank.stack.emulator.state() as { payments: { id: string }[] };
  bank.stack.hints.splice(0);
  bank.stack.hints.push({ provider: 'enable-banking', reference: payments[0]?.id ?? '' });
  await bank.handleWebhooks();
}

/** The bank took the order, but the answer says that the provider did not look at it. */
async function takenAndDenied(bank: LyingBank, key: string, answer = { status: 429, error: 'RATE_LIMIT' }) {
  bank.lie(initiationAs({ status: answer.status, json: { error: answer.error } }));
  await bank.pay({}, key).catch(() => undefined);
  bank.lie(() => undefined);
}

test('a payment that was said not to be sent, and that the bank has, is not sent again', async () => {
  const bank = await LyingBank.start();
  const key = randomUUID();
  await takenAndDenied(bank, key);
  await webhook(bank);
  expect(await bank.told(await onlyPayment(bank))).toEqual({ status: 'failed', moneyMoved: 'not_yet_known' });
  await bank.pay({}, key);
  expect(bank.paymentsAtTheBank()).toBe(1);
  expect(await bank.alerts()).toHaveLength(1);
});

test('nor is one of which the bank says a word that is not known', async () => {
  const bank = await LyingBank.start();
  const key = randomUUID();
  await takenAndDenied(bank, key);
  bank.lie(({ method, path }, { json }) =>
    method === 'GET' && path.startsWith('/payments/')
      ? { json: { ...(json as object), status: 'PATC' } }
      : undefined,
  );
  await webhook(bank);
  await bank.pay({}, key);
  expect(bank.paymentsAtTheBank()).toBe(1);
  expect((await bank.told(await onlyPayment(bank))).moneyMoved).toBe('not_yet_known');
});

test.each([
  [500, 'UNAUTHORIZED_ACCESS'],
  [503, 'AUTHORIZATION_NOT_PROVIDED'],
  [409, 'UNAUTHORIZED_IP'],
  [302, 'UNAUTHORIZED_ACCESS'],
  [504, 'ASPSP_RATE_LIMIT_EXCEEDED'],
  [500, 'INVALID_PAYMENT'],
  [504, 'PAYMENT_NOT_FOUND'],
  [422, 'ALREADY_AUTHORIZED'],
  [422, 'PAYMENT_NOT_FINALIZED'],
])('%i %s is no refusal of an initiation', async (status, error) => {
  const bank = await LyingBank.start();
  const key = randomUUID();
  await takenAndDenied(bank, key, { status, error });
  expect((await onlyPayment(bank)).status).toBe('unknown');
  await bank.pay({}, key);
  expect(bank.paymentsAtTheBank()).toBe(1);
});

test('a payment that was refused and that the bank has is not said to be unpaid', async () => {
  const bank = await LyingBank.start();
  await takenAndDenied(bank, randomUUID(), { status: 422, error: 'INVALID_PAYMENT' });
  const payment = await onlyPayment(bank);
  expect(await bank.told(payment)).toEqual({ status: 'rejected', moneyMoved: 'no' });
  await webhook(bank);
  expect(await bank.told(payment)).toEqual({ status: 'rejected', moneyMoved: 'not_yet_known' });
  // The bank lets it run out, which is what Drop held.
  await bank.stack.pass(3_600_000);
  await bank.ask(0);
  expect(await bank.told(payment)).toEqual({ status: 'rejected', moneyMoved: 'no' });
});

test('a refusal that comes after a webhook has shown the payment at the bank ends nothing', async () => {
  const bank = await LyingBank.start();
  bank.lie(async ({ method, path }) => {
    if (method === 'POST' && path === '/payments') await webhook(bank);
    return method === 'POST' && path === '/payments'
      ? { status: 422, json: { error: 'INVALID_PAYMENT' } }
      : undefined;
  });
  const payment = await bank.pay();
  expect(await bank.told(payment)).toEqual({
    status: 'awaiting_authorisation',
    moneyMoved: 'not_yet_known',
  });
  expect(payment.reference).toBeDefined();
});
