import type { Clock } from '#domain/clock.ts';
import { msUntilDue } from './due-day.ts';
import { paysKroner, spendableOere, type LedgerAccount } from './ledger.ts';
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
  /** The payment can no longer be approved. Does nothing unless it waits for the customer. */
  expire(payment: Payment): void;
}

interface End {
  isFinal: boolean;
  reasonCode?: string;
}

/**
 * ISO 20022: approval makes a payment ACTC; then, one step at a time, ACSP, ACSC, and ACCC where the bank reports
 * credit. A payment for a later day stays ACTC until that day, or the bank day after it. Money is reserved at ACSP and
 * leaves the account at ACSC. `onChange` hears of every change.
 */
export function createSettlement<Payment extends BankPayment>(options: {
  clock: Clock;
  /** Between two steps. */
  stepMs: number;
  world: () => World<BankConsent, Payment>;
  onChange(payment: Payment): void;
}): Settlement<Payment> {
  const { clock, stepMs, world, onChange } = options;

  function change(payment: Payment, status: BankPaymentStatus, end: End): void {
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

  const reject = (payment: Payment, reasonCode: string): void =>
    change(payment, 'RJCT', { isFinal: true, reasonCode });

  const debtorOf = ({ bank, order }: Payment): LedgerAccount | undefined =>
    findAccount(world(), bank, order.debtorAccountNumber);

  function accept(payment: Payment): void {
    const account = debtorOf(payment);
    const reason = refusalOf(payment, account);
    if (account === undefined || reason !== undefined) return reject(payment, reason ?? 'AC02');
    account.reservedOere += payment.order.amountOere;
    change(payment, 'ACSP', { isFinal: false });
    proceed(payment);
  }

  function settle(payment: Payment): void {
    const account = debtorOf(payment);
    if (account !== undefined) {
      account.reservedOere -= payment.order.amountOere;
      account.bookedOere -= payment.order.amountOere;
    }
    change(payment, 'ACSC', { isFinal: !payment.bank.reportsCredit });
    proceed(payment);
  }

  /** The step after the one that the payment is at, where there is one. */
  function proceed(payment: Payment): void {
    const { status, plan, isFinal } = payment;
    if (isFinal || (plan === 'stall' && status === 'ACSP')) return;
    if (status === 'ACTC') later(payment, msUntilDue(payment, clock.now()) || stepMs, () => goOn(payment));
    if (status === 'ACSP') later(payment, stepMs, () => settle(payment));
    if (status === 'ACSC') later(payment, stepMs, () => change(payment, 'ACCC', { isFinal: true }));
  }

  /** Also where its day was brought forward while it waited. */
  function goOn(payment: Payment): void {
    if (payment.status !== 'ACTC') return;
    if (msUntilDue(payment, clock.now()) > 0) proceed(payment);
    else accept(payment);
  }

  function expire(payment: Payment): void {
    if (payment.status === 'RCVD') change(payment, 'RJCT', { isFinal: true });
  }

  return {
    reject,
    expire,
    proceed(payment) {
      if (payment.status === 'RCVD') later(payment, approvalMs, () => expire(payment));
      else proceed(payment);
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

/** The reason code of ISO 20022 for which a bank rejects an approved payment. */
function refusalOf({ plan, order }: BankPayment, account: LedgerAccount | undefined): string | undefined {
  if (account === undefined) return 'AC02';
  if (!paysKroner(account)) return 'AG01';
  if (plan === 'reject') return 'MS03';
  const isShort = spendableOere(account) < order.amountOere;
  return isShort || plan === 'insufficient_funds' ? 'AM04' : undefined;
}
