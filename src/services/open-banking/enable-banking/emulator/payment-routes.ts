import { Hono } from 'hono';
import { osloDay } from '#domain/oslo-time.ts';
import { localeFromHeader } from '#domain/locale.ts';
import { takePlan, type Misreport } from '#emulation/bank/world.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { isInApp, judgeAuthMethod } from './auth-methods.ts';
import { wordOf } from './bank-profiles.ts';
import type { Bench } from './bench.ts';
import { orderAt, paymentRequest, type PaymentRequest } from './payment-request.ts';
import { refuse } from './refusal.ts';
import { findBank, readBody } from './request-body.ts';
import { hashOf, newId, type Payment } from './world.ts';

/**
 * `/payments`, `/payments/{payment_id}` and `/payments/{payment_id}/transactions/{transaction_id}`. There is no
 * idempotency: every POST is a payment.
 */
export function paymentRoutes(bench: Bench): Hono<EmulatorEnvironment> {
  const { context, guarded, world, settlement } = bench;
  const routes = new Hono<EmulatorEnvironment>();

  routes.post('/payments', ...guarded('create_payment'), async (c) => {
    const payment = openPayment(await readBody(c, paymentRequest), bench);
    world().payments.set(payment.id, payment);
    settlement.proceed(payment);
    return c.json({
      payment_id: payment.id,
      status: wordOf(payment),
      url: `${context.origin}/pis/start?payment_id=${payment.id}`,
      psu_id_hash: payment.psuIdHash,
    });
  });

  routes.get('/payments/:id', ...guarded('get_payment'), (c) =>
    c.json(describePayment(findPayment(c.req.param('id'), bench), world().misreport)),
  );

  routes.get('/payments/:id/transactions/:transactionId', ...guarded('get_payment_transaction'), (c) => {
    const payment = findPayment(c.req.param('id'), bench);
    if (c.req.param('transactionId') !== transactionIdOf(payment)) throw refuse('TRANSACTION_DOES_NOT_EXIST');
    const { credit_transfer_transaction } = describeOrder(payment, world().misreport);
    return c.json({ payment_id: payment.id, transaction_details: credit_transfer_transaction[0] });
  });

  routes.delete('/payments/:id', ...guarded('delete_payment'), (c) => {
    const payment = findPayment(c.req.param('id'), bench);
    if (!payment.isFinal) throw refuse('PAYMENT_NOT_FINALIZED');
    world().payments.delete(payment.id);
    return c.json({ message: 'OK' });
  });

  return routes;
}

function findPayment(id: string, { world }: Bench): Payment {
  const payment = world().payments.get(id);
  if (payment === undefined) throw refuse('PAYMENT_NOT_FOUND');
  return payment;
}

function openPayment(request: PaymentRequest, bench: Bench): Payment {
  const bank = findBank(request.aspsp);
  if (request.redirect_url !== bench.callbackUrl) throw refuse('REDIRECT_URI_NOT_ALLOWED');
  const { webhook_url } = request;
  if (typeof webhook_url === 'string' && new URL(webhook_url).origin !== bench.webhookOrigin) {
    throw refuse('WEBHOOK_URI_NOT_ALLOWED');
  }
  judgeAuthMethod(request, bank);
  const createdAt = bench.context.clock.now();
  const order = orderAt(bank, request, osloDay(createdAt));
  const [transaction] = request.payment_request.credit_transfer_transaction;
  const id = newId();
  return {
    id,
    bank,
    request,
    order,
    status: 'RCVD',
    isFinal: false,
    reasonCode: undefined,
    plan: takePlan(bench.world()),
    language: localeFromHeader(request.language ?? undefined),
    approvesInApp: isInApp(request),
    psuIdHash: hashOf(request.psu_id ?? id),
    createdAt,
    dueOn: transaction.requested_execution_date ?? undefined,
  };
}

function describePayment(payment: Payment, misreport: Misreport | undefined): Record<string, unknown> {
  const { request, reasonCode } = payment;
  return {
    payment_id: payment.id,
    status: wordOf(payment),
    final_status: payment.isFinal,
    status_reason_information:
      reasonCode === undefined
        ? null
        : { status_reason_code: reasonCode, status_reason_description: 'sandbox' },
    payment_type: request.payment_type,
    aspsp: { name: payment.bank.name, country: 'NO' },
    psu_id_hash: payment.psuIdHash,
    payment_details: misreport === 'order' ? null : describeOrder(payment, misreport),
  };
}

function describeOrder(
  payment: Payment,
  misreport: Misreport | undefined,
): { credit_transfer_transaction: unknown[] } & Record<string, unknown> {
  const { request, order } = payment;
  const [transaction] = request.payment_request.credit_transfer_transaction;
  const { instructed_amount, beneficiary } = transaction;
  const reported = {
    ...transaction,
    ...(misreport === 'amount' && { instructed_amount: { ...instructed_amount, amount: '999999.00' } }),
    ...(misreport === 'creditor' && {
      beneficiary: {
        ...beneficiary,
        creditor_account: { identification: '99999999999', scheme_name: 'BBAN' },
      },
    }),
  };
  return {
    ...request.payment_request,
    // The account that the customer chose at the bank, where the request names none.
    ...(!request.payment_request.debtor_account && debtorOf(order.debtorAccountNumber)),
    credit_transfer_transaction: [
      { ...reported, transaction_id: transactionIdOf(payment), transaction_status: wordOf(payment) },
    ],
  };
}

const debtorOf = (identification: string): Record<string, unknown> | undefined =>
  identification === ''
    ? undefined
    : { debtor_account: { identification, scheme_name: 'BBAN', issuer: null } };

/** The provider's id of the only transfer of a payment. */
const transactionIdOf = ({ id }: Payment): string => `${id}-1`;
