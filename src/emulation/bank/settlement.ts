import type { Clock } from '#domain/clock.ts';
import { paysKroner, spendableOere } from './ledger.ts';
import {
  findAccount,
  type BankConsent,
  type BankPayment,
  type BankPaymentStatus,
  type World,
} from './world.ts';

const approvalMs = 15 * 60_000;

/** What the bank does with a payment, from the customer's answer to its end. */
export interface Settlement<Payment extends BankPayment> {
  /** Goes on from where the payment is; a new one waits for the customer, for a quarter of an hour. */
  proceed(payment: Payment): void;
  approve(payment: Payment): void;
  cancel(payment: Payment): void;
  reject(payment: Payment, reasonCode: string): void;
}

/**
 * ISO 20022: approval makes a payment ACTC; then, one step at a time, ACSP, ACSC, and ACCC where the bank reports
 * credit. Money is reserved at ACSP and leaves the account at ACSC. `onChange` hears of every change.
 */
export function createSettlement<Payment extends BankPayment>(options: {
  clock: Clock;
  /** Between two steps. */
  stepMs: number;
  world: () => World<BankConsent, Payment>;
  onChange(payment: Payment): void;
}): Settlement<Payment> {
  const { clock, stepMs, world, onChange } = options;

  function change(
    payment: Payment,
    status: BankPaymentStatus,
    end: { isFinal: boolean; reasonCode?: string },
  ): void {
    payment.status = status;
    payment.isFinal = end.isFinal;
    payment.reasonCode = end.reasonCode;
    onChange(payment);
  }

  /** Does nothing once the payment has ended, or the emulator was reset and the payment is no longer in it. */
  function later(payment: Payment, delayMs: number, task: () => void): void {
    clock.schedule(delayMs, () => {
      if (world().payments.get(payment.id) === payment && !payment.isFinal) task();
    });
  }

  function reject(payment: Payment, reasonCode: string): void {
    change(payment, 'RJCT', { isFinal: true, reasonCode });
  }

  function accept(payment: Payment): void {
    const { amountOere, debtorAccountNumber } = payment.order;
    const account = findAccount(world(), payment.bank, debtorAccountNumber);
    if (!account || !paysKroner(account)) return reject(payment, account ? 'AG01' : 'AC02');
    if (payment.plan === 'reject') return reject(payment, 'MS03');
    const isShort = spendableOere(account) < amountOere;
    if (isShort || payment.plan === 'insufficient_funds') return reject(payment, 'AM04');
    account.reservedOere += amountOere;
    change(payment, 'ACSP', { isFinal: false });
    proceed(payment);
  }

  function settle(payment: Payment): void {
    const { amountOere, debtorAccountNumber } = payment.order;
    const account = findAccount(world(), payment.bank, debtorAccountNumber);
    if (account !== undefined) {
      account.reservedOere -= amountOere;
      account.bookedOere -= amountOere;
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
