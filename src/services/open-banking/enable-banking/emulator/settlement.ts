import type { Clock } from '#domain/clock.ts';
import type { WebhookQueue } from './webhook-queue.ts';
import { findAccount, spendableOere, type Payment, type PaymentStatus, type World } from './world.ts';

const approvalMs = 15 * 60_000;

/** What the bank does with a payment, from the customer's answer to its end. */
export interface Settlement {
  /** Goes on from where the payment is; a new one waits for the customer, for a quarter of an hour. */
  proceed(payment: Payment): void;
  approve(payment: Payment): void;
  cancel(payment: Payment): void;
  reject(payment: Payment, reasonCode: string): void;
}

/**
 * ISO 20022: approval makes a payment ACTC; then, one step at a time, ACSP, ACSC, and ACCC where the bank reports
 * credit. Money is reserved at ACSP and leaves the account at ACSC. Every change is told to the webhook.
 */
export function createSettlement(options: {
  clock: Clock;
  stepMs: number;
  world: () => World;
  webhooks: WebhookQueue;
}): Settlement {
  const { clock, stepMs, world, webhooks } = options;

  function change(
    payment: Payment,
    status: PaymentStatus,
    end: { isFinal: boolean; reasonCode?: string },
  ): void {
    payment.status = status;
    payment.isFinal = end.isFinal;
    payment.reasonCode = end.reasonCode;
    const { webhook_url } = payment.request;
    if (typeof webhook_url === 'string') webhooks.send(webhook_url, { payment_id: payment.id, status });
  }

  /** Does nothing once the emulator was reset and the payment is no longer in it. */
  function later(payment: Payment, delayMs: number, task: () => void): void {
    clock.schedule(delayMs, () => {
      if (world().payments.get(payment.id) === payment) task();
    });
  }

  function reject(payment: Payment, reasonCode: string): void {
    change(payment, 'RJCT', { isFinal: true, reasonCode });
  }

  function accept(payment: Payment): void {
    const account = findAccount(world(), payment.bank, payment.debtorAccountNumber);
    if (account === undefined) return reject(payment, 'AC02');
    if (payment.plan === 'reject') return reject(payment, 'MS03');
    const isShort = spendableOere(account) < payment.amountOere;
    if (isShort || payment.plan === 'insufficient_funds') return reject(payment, 'AM04');
    account.reservedOere += payment.amountOere;
    change(payment, 'ACSP', { isFinal: false });
    proceed(payment);
  }

  function settle(payment: Payment): void {
    const account = findAccount(world(), payment.bank, payment.debtorAccountNumber);
    if (account !== undefined) {
      account.reservedOere -= payment.amountOere;
      account.bookedOere -= payment.amountOere;
    }
    change(payment, 'ACSC', { isFinal: !payment.bank.reportsCredit });
    proceed(payment);
  }

  /** The step after the one that the payment is at, where there is one. */
  function proceed(payment: Payment): void {
    const { status, plan, isFinal } = payment;
    if (isFinal || (plan === 'stall' && status === 'ACSP')) return;
    if (status === 'ACTC') later(payment, stepMs, () => accept(payment));
    if (status === 'ACSP') later(payment, stepMs, () => settle(payment));
    if (status === 'ACSC') later(payment, stepMs, () => change(payment, 'ACCC', { isFinal: true }));
  }

  return {
    reject,
    proceed(payment) {
      if (payment.status !== 'RCVD') return proceed(payment);
      later(payment, approvalMs, () => {
        if (payment.status === 'RCVD') change(payment, 'RJCT', { isFinal: true });
      });
    },
    approve(payment) {
      change(payment, 'ACTC', { isFinal: false });
      proceed(payment);
    },
    cancel(payment) {
      change(payment, 'CNCL', { isFinal: true });
    },
  };
}
