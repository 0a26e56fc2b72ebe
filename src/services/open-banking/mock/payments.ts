import type { Clock } from '#domain/clock.ts';
import { assertTaken } from '#domain/banking/order-fault.ts';
import type { Entropy } from '#domain/entropy.ts';
import { DropError } from '#domain/errors.ts';
import { osloDay, startOfOsloDay } from '#domain/oslo-time.ts';
import { dayAhead } from '#domain/payment/execution.ts';
import { reasonOfIsoCode } from '#domain/payment/reason.ts';
import { redirectTo } from '#domain/banking/next-step.ts';
import { endToEndIdOf } from '#domain/payment/end-to-end-id.ts';
import type { PaymentOrder } from '#domain/payment/order.ts';
import type {
  PaymentHint,
  PaymentInitiation,
  PaymentReport,
  PaymentRequest,
} from '#services/open-banking/service.ts';
import { findBank, mockPaymentRules, type MockAccount } from './bank.ts';
import type { MockProtocol } from './protocol.ts';

/** From the customer's approval to the end of the payment. */
const settlementMs = 2_000;
/** A timer cannot wait for longer than 24 days. */
const waitMsMax = 86_400_000;

export interface MockLedger {
  find(accountNumber: string): MockAccount | undefined;
}

interface Ending {
  status: 'settled' | 'rejected' | 'cancelled' | 'processing';
  reasonCode?: string;
}

/**
 * Payments that end by themselves. The order says how: "avvis" in the creditor's name or the text is rejected by the
 * bank, more than the balance for want of funds; an amount that ends in ,13 is cancelled by the customer, one that
 * ends in ,14 stays in process. Everything else settles. An order for a later day waits for it, approved.
 */
export function createMockPayments(
  protocol: MockProtocol,
  options: { clock: Clock; entropy: Entropy; ledger: MockLedger; hint(hint: PaymentHint): void },
): { pis: PaymentInitiation; reset(): void } {
  const { needsApproval, idempotentInitiation, quarantineMs } = protocol;
  const payments = new Map<string, { report: PaymentReport; order: PaymentOrder }>();

  function end(reference: string): void {
    const payment = payments.get(reference);
    if (payment === undefined) return;
    if (dayAhead(payment.order.execution, options.clock.now()) !== undefined) return wait(reference, payment);
    const { status, reasonCode } = endingOf(payment.order, options.ledger);
    const wireStatus = protocol.wireStatuses[status];
    const reason = reasonOfIsoCode(reasonCode);
    payment.report = { ...payment.report, status, wireStatus, reason, reasonCode };
    const account = options.ledger.find(payment.order.debtorAccountNumber);
    if (account && status === 'settled') account.balanceOere -= payment.order.money.amount;
    options.hint({ provider: protocol.id, reference });
  }

  /** Until the order's day begins. */
  function wait(reference: string, payment: { report: PaymentReport; order: PaymentOrder }): void {
    const now = options.clock.now();
    const day = dayAhead(payment.order.execution, now) ?? osloDay(now);
    const waitMs = Math.max(0, startOfOsloDay(day).getTime() - now.getTime());
    const isNew = payment.report.status !== 'authorised';
    payment.report = { ...payment.report, status: 'authorised', wireStatus: protocol.wireStatuses.approved };
    options.clock.schedule(Math.min(waitMsMax, waitMs), () => end(reference));
    if (isNew) options.hint({ provider: protocol.id, reference });
  }

  return {
    reset: () => payments.clear(),
    pis: {
      needsApproval,
      idempotentInitiation,
      quarantineMs,
      async initiatePayment(request) {
        findBank(protocol, ({ paymentBankId }) => paymentBankId === request.bankId);
        assertTaken(request.order, { rules: mockPaymentRules, today: osloDay(options.clock.now()) });
        const report = received(request, protocol, options.entropy.uuid());
        payments.set(report.reference, { report, order: request.order });
        options.clock.schedule(settlementMs, () => end(report.reference));
        const redirectUrl = new URL(request.redirectUri);
        const returned = { ...protocol.paymentReturn, state: request.state };
        for (const [name, value] of Object.entries(returned)) redirectUrl.searchParams.set(name, value);
        return { ...report, next: redirectTo(redirectUrl.href) };
      },
      async readPayment({ reference }) {
        const payment = payments.get(reference);
        if (payment) return payment.report;
        throw new DropError('payment_unknown', { message: 'no such payment', outcome: 'refused' });
      },
    },
  };
}

function received(
  { order, paymentId }: PaymentRequest,
  protocol: MockProtocol,
  reference: string,
): PaymentReport {
  const { money, creditorAccountNumber, debtorAccountNumber, remittance, execution } = order;
  return {
    reference,
    status: 'awaiting_authorisation',
    wireStatus: protocol.wireStatuses.received,
    reason: undefined,
    reasonCode: undefined,
    creditorCredited: false,
    order: {
      kind: 'read',
      order: {
        money,
        creditorAccountNumber,
        debtorAccountNumber,
        kid: remittance.kind === 'kid' ? remittance.kid : undefined,
        text: remittance.kind === 'text' ? remittance.text : undefined,
        endToEndId: endToEndIdOf(paymentId),
        executionDate: execution.kind === 'on' ? execution.date : undefined,
        isInstant: execution.kind === 'instant',
      },
    },
  };
}

function endingOf(order: PaymentOrder, ledger: MockLedger): Ending {
  const { amount } = order.money;
  const text = order.remittance.kind === 'text' ? order.remittance.text : '';
  const balanceOere = ledger.find(order.debtorAccountNumber)?.balanceOere ?? Number.MAX_SAFE_INTEGER;
  if (/avvis/i.test(`${order.creditorName} ${text}`)) {
    return { status: 'rejected', reasonCode: 'MS03' };
  }
  if (amount % 100 === 13) return { status: 'cancelled' };
  if (amount % 100 === 14) return { status: 'processing' };
  if (amount > balanceOere) return { status: 'rejected', reasonCode: 'AM04' };
  return { status: 'settled' };
}
