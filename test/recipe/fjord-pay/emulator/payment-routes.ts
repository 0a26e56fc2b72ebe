import { Hono } from 'hono';
import { z } from 'zod';
import { isAccountNumber } from '#domain/banking/account-number.ts';
import { maximumPaymentOere } from '#domain/money.ts';
import { sandboxBanks } from '#emulation/bank/banks.ts';
import type { PaymentPages } from '#emulation/bank/payment-pages.ts';
import { takePlan, type Misreport } from '#emulation/bank/world.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { customerSchema, language, readBody, refuse } from './requests.ts';
import {
  addressOf,
  appApproval,
  appMs,
  exempted,
  newId,
  paymentBankId,
  wayOf,
  type Bench,
  type Payment,
} from './world.ts';

const accountNumber = z.string().refine(isAccountNumber);

const paymentRequest = z.object({
  bank_id: z.string(),
  amount: z.int().positive().max(maximumPaymentOere),
  currency: z.literal('NOK'),
  debtor: accountNumber,
  creditor: accountNumber,
  creditor_name: z.string().min(1).max(70),
  kid: z.string().optional(),
  text: z.string().max(140).optional(),
  end_to_end_id: z.string().max(35),
  return_url: z.url(),
  language,
  customer: customerSchema,
});

/** Payments: the same idempotency key is the same payment. */
export function paymentRoutes(bench: Bench): Hono<EmulatorEnvironment> {
  const { guarded, world } = bench;
  const routes = new Hono<EmulatorEnvironment>();

  routes.post('/v1/payments', ...guarded('create_payment'), async (c) => {
    const request = await readBody(c, paymentRequest);
    const key = c.req.header('idempotency-key');
    if (key === undefined) throw refuse(400, 'request_invalid');
    const known = [...world().payments.values()].find(({ idempotencyKey }) => idempotencyKey === key);
    const payment = known ?? openPayment(request, key, bench);
    if (known === undefined) begin(payment, bench);
    return c.json({ ...describe(payment, bench), payment_token: payment.token }, 201);
  });

  routes.get('/v1/payments/:id', ...guarded('read_payment'), (c) =>
    c.json(describe(findPayment(c.req.param('id'), bench), bench)),
  );

  routes.post('/v1/payments/:id/continue', ...guarded('continue_payment'), (c) => {
    const payment = ownPayment(c.req.param('id'), c.req.header('x-payment-token'), bench);
    return c.json(describe(payment, bench));
  });

  routes.delete('/v1/payments/:id', ...guarded('cancel_payment'), (c) => {
    const payment = ownPayment(c.req.param('id'), c.req.header('x-payment-token'), bench);
    if (payment.status !== 'RCVD' && payment.status !== 'ACTC') throw refuse(409, 'not_cancellable');
    cancel(payment, bench);
    return c.json(describe(payment, bench));
  });

  return routes;
}

/** How the customer comes back: with the payment's id, and no state. */
export const paymentReturns: Pick<PaymentPages<Payment>, 'start' | 'onDecided'> = {
  start: { path: '/approve/payment', parameter: 'id' },
  onDecided: ({ id, returnUrl }) => addressOf(returnUrl, { paymentId: id }),
};

function openPayment(request: z.output<typeof paymentRequest>, key: string, bench: Bench): Payment {
  const { context, callbackUrl } = bench;
  const { return_url } = request;
  const bank = sandboxBanks.find((each) => paymentBankId(each) === request.bank_id);
  if (bank === undefined) throw refuse(404, 'bank_unknown');
  if (return_url !== callbackUrl) throw refuse(400, 'request_invalid');
  return {
    id: newId(),
    bank,
    status: 'RCVD',
    isFinal: false,
    reasonCode: undefined,
    plan: takePlan(bench.world()),
    language: request.language,
    createdAt: context.clock.now(),
    idempotencyKey: key,
    token: newId(),
    endToEndId: request.end_to_end_id,
    returnUrl: return_url,
    isConsented: false,
    isCancelling: false,
    order: {
      amountOere: request.amount,
      debtorAccountNumber: request.debtor,
      creditorName: request.creditor_name,
      creditorAccountNumber: request.creditor,
      kid: request.kid,
      text: request.text,
    },
  };
}

function begin(payment: Payment, bench: Bench): void {
  const { settlement, world } = bench;
  world().payments.set(payment.id, payment);
  const way = wayOf(payment.bank);
  if (way === 'exempted') settlement.approve(payment);
  else settlement.proceed(payment);
  if (way === 'app') inApp(payment, bench, () => approveInApp(payment, bench));
}

function approveInApp(payment: Payment, { settlement }: Bench): void {
  if (payment.status === 'RCVD' && !payment.isCancelling) settlement.approve(payment);
}

/** Where the customer approves in an app, the cancellation is approved there, too. */
function cancel(payment: Payment, bench: Bench): void {
  if (wayOf(payment.bank) !== 'app') return bench.settlement.cancel(payment);
  payment.isCancelling = true;
  inApp(payment, bench, () => {
    payment.isCancelling = false;
    if (!payment.isFinal) bench.settlement.cancel(payment);
  });
}

function inApp({ id }: Payment, { context, world }: Bench, task: () => void): void {
  context.clock.schedule(appMs, () => {
    if (world().payments.has(id)) task();
  });
}

function findPayment(id: string, { world }: Bench): Payment {
  const payment = world().payments.get(id);
  if (payment === undefined) throw refuse(404, 'payment_unknown');
  return payment;
}

function ownPayment(id: string, token: string | undefined, bench: Bench): Payment {
  const payment = findPayment(id, bench);
  if (payment.token !== token) throw refuse(403, 'token_wrong');
  return payment;
}

function approvalOf(payment: Payment, { context }: Bench): object {
  const way = wayOf(payment.bank);
  if (payment.isCancelling) return appApproval;
  if (payment.status !== 'RCVD') return exempted;
  if (way === 'app') return appApproval;
  const page = way === 'two_pages' && !payment.isConsented ? 'payment-consent' : 'payment';
  return { kind: 'page', url: `${context.origin}/approve/${page}?id=${payment.id}` };
}

/** As in the documentation and in webhooks. */
export function wordOf({ status, isFinal }: Payment): string {
  if (status === 'ACSC' || status === 'ACCC') return isFinal ? 'done' : 'executing';
  const words = { RCVD: 'waiting', ACTC: 'approved', ACSP: 'executing', RJCT: 'declined', CNCL: 'cancelled' };
  return words[status];
}

function describe(payment: Payment, bench: Bench): object {
  return {
    payment_id: payment.id,
    status: wordOf(payment),
    reason_code: payment.reasonCode ?? null,
    ...orderOf(payment, bench.world().misreport),
    approval: approvalOf(payment, bench),
  };
}

function orderOf({ order, endToEndId }: Payment, misreport: Misreport | undefined): object {
  if (misreport === 'order') return {};
  return {
    order: {
      amount: misreport === 'amount' ? order.amountOere + 1 : order.amountOere,
      currency: 'NOK',
      debtor: order.debtorAccountNumber,
      creditor: misreport === 'creditor' ? order.debtorAccountNumber : order.creditorAccountNumber,
      kid: order.kid ?? null,
      text: order.text ?? null,
      end_to_end_id: endToEndId,
    },
  };
}
