import { expect, test } from 'vitest';
import { redirectTo, type NextStep } from '#domain/banking/next-step.ts';
import type { PaymentReport } from '#services/open-banking/service.ts';
import { findPayment, type Payment } from '#store/payments.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { approvalLink } from '#usecases/payments/approval-link.ts';
import { cancelPayment } from '#usecases/payments/cancel.ts';
import { access, page, report } from '../banking/made-up-bank.ts';
import { linkedBank } from './linked-bank.ts';

const order = { creditorAccountNumber: '15032080178' };
const elsewhere = redirectTo('https://bank.example/another');

/** A payment that waits for its approval. */
async function waiting(next: NextStep = redirectTo(page)) {
  const { bank, send } = await linkedBank();
  let state = '';
  bank.provider.pis.initiatePayment = async (request) => {
    ({ state } = request);
    return { ...report(), next };
  };
  const payment = await send();
  const comeBack = async () =>
    returnFromBank(bank.context, bank.user, { parameters: new URLSearchParams({ state }), access });
  return { bank, payment, comeBack };
}

const reread = async ({ bank, payment }: Awaited<ReturnType<typeof waiting>>): Promise<Payment | undefined> =>
  findPayment(bank.context.store.database, { id: payment.id });

/** Answers that name a further page, though the customer has nothing to approve there for this payment. */
const lies: readonly [string, Partial<PaymentReport>][] = [
  ['about another payment', { reference: 'payment-2' }],
  [
    'with another amount',
    { order: { kind: 'read', order: { ...order, money: { amount: 1, currency: 'NOK' } } } },
  ],
  ['about a payment that is settled', { status: 'settled' }],
  ['about a payment that is rejected', { status: 'rejected' }],
];

test.each(lies)(
  'a return that is answered %s does not lead to the page that it names',
  async (_case, lie) => {
    const { bank, payment, comeBack } = await waiting();
    bank.provider.pis.continuePayment = async () => ({ ...report(lie), next: elsewhere });
    expect(await comeBack()).toBe(`/payments/${payment.id}`);
  },
);

test.each(lies)(
  'a cancellation that is answered %s does not lead to the page that it names',
  async (_case, lie) => {
    const { bank, payment } = await waiting();
    bank.provider.pis.cancelPayment = async () => ({ ...report(lie), next: elsewhere });
    expect(await cancelPayment(bank.context, bank.user, { id: payment.id, access })).toEqual({
      kind: 'none',
    });
  },
);

test('a payment that settled while the customer was at the bank leads to no further page', async () => {
  const { bank, payment, comeBack } = await waiting();
  bank.provider.pis.continuePayment = async () => {
    const { reconcileHintedPayment } = await import('#usecases/payments/reconcile.ts');
    bank.provider.pis.readPayment = async () => report({ status: 'settled' });
    await reconcileHintedPayment(bank.context, { provider: 'made-up', reference: 'payment-1' });
    return { ...report(), next: elsewhere };
  };
  expect(await comeBack()).toBe(`/payments/${payment.id}`);
});

test.each([
  ['a message with a NUL', { kind: 'decoupled', message: 'Bekreft\u0000', askAgainMs: 4_000 }],
  [
    'a message that ends in half a character',
    { kind: 'decoupled', message: 'Bekreft\ud800', askAgainMs: 4_000 },
  ],
  ['an expiry that is no time', redirectTo(page, new Date(NaN))],
] as const)('a payment whose step has %s keeps its reference at the bank', async (_case, next) => {
  const stand = await waiting(next);
  expect(await reread(stand)).toMatchObject({ status: 'awaiting_authorisation', reference: 'payment-1' });
});

test('a page whose address has a line break is opened at the address that a browser reads', async () => {
  const { bank, comeBack, ...stand } = await waiting();
  bank.provider.pis.continuePayment = async () => ({ ...report(), next: redirectTo(`${page}\r\nA: b`) });
  expect(await comeBack()).toBe(`${page}A:%20b`);
  const payment = await reread({ bank, comeBack, ...stand });
  expect(payment && approvalLink(bank.context, payment)).toBe(`${page}A:%20b`);
});
