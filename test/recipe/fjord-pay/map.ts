import type { NextStep } from '#domain/banking/next-step.ts';
import { endToEndIdOf } from '#domain/payment/end-to-end-id.ts';
import type { OrderReading } from '#domain/payment/order.ts';
import { reasonOfIsoCode } from '#domain/payment/reason.ts';
import type { ReportedStatus } from '#domain/payment/status.ts';
import type {
  Balance,
  Bank,
  ConsentEnd,
  ConsentGrant,
  ConsentReading,
  PaymentRequest,
  SteppedPayment,
} from '#services/open-banking/service.ts';
import type { Approval, PaymentStatusWord, WireBalance, WireBank, WireConsent, WirePayment } from './wire.ts';

const secondsPerDay = 86_400;

export function toBank(bank: WireBank): Bank {
  return {
    id: bank.account_bank_id,
    name: bank.name,
    bic: bank.bic ?? undefined,
    maximumConsentValiditySeconds: bank.consent_days * secondsPerDay,
    readsBalances: true,
    paymentBankId: bank.payment_bank_id ?? undefined,
  };
}

export function toNextStep(approval: Approval): NextStep {
  switch (approval.kind) {
    case 'exempted':
      return { kind: 'none' };
    case 'page':
      return { kind: 'redirect', url: approval.url, expiresAt: undefined };
    case 'app': {
      const { message, ask_again_seconds } = approval;
      return { kind: 'decoupled', message: message ?? undefined, askAgainMs: ask_again_seconds * 1_000 };
    }
  }
}

const ends: Record<NonNullable<WireConsent['ended_by']>, ConsentEnd> = {
  time: 'expired',
  application: 'revoked',
  customer: 'revoked',
  refusal: 'cancelled',
};

/** A status that Drop does not know moves nothing. */
export function toConsentReading({ status, ended_by, valid_until }: WireConsent): ConsentReading {
  switch (status) {
    case 'pending':
    case 'approved':
    case 'unknown':
      return { kind: 'pending' };
    case 'active':
      return { kind: 'active', validUntil: valid_until };
    case 'ended':
      return { kind: 'ended', cause: ended_by ? ends[ended_by] : undefined };
  }
}

/** Undefined where the consent has no account that can be used. */
export function toGrant({
  consent_id,
  bank_id,
  valid_until,
  accounts,
}: WireConsent): ConsentGrant | undefined {
  if (accounts.length === 0) return undefined;
  return {
    reference: consent_id,
    bankId: bank_id,
    validUntil: valid_until,
    accounts: accounts.map((account) => ({
      reference: account.account_ref,
      identity: account.stable_id,
      accountNumber: account.number,
      name: account.name ?? undefined,
      ownerName: account.owner ?? undefined,
      currency: account.currency,
    })),
  };
}

/** Fjord Pay's available balance never counts credit. */
export function toBalance({ available, currency }: WireBalance): Balance {
  return { money: { amount: available, currency }, kind: 'available', wireType: 'available' };
}

/** The body of an initiation, without what the customer is asked for. */
export function toPaymentBody({ order, paymentId, bankId, ...request }: PaymentRequest): object {
  const { remittance } = order;
  return {
    bank_id: bankId,
    amount: order.money.amount,
    currency: order.money.currency,
    debtor: order.debtorAccountNumber,
    creditor: order.creditorAccountNumber,
    creditor_name: order.creditorName,
    ...(remittance.kind === 'kid' && { kid: remittance.kid }),
    ...(remittance.kind === 'text' && { text: remittance.text }),
    end_to_end_id: endToEndIdOf(paymentId),
    return_url: request.redirectUri,
    language: request.locale,
  };
}

export function toPayment(payment: WirePayment): SteppedPayment {
  const reasonCode = payment.reason_code ?? undefined;
  return {
    reference: payment.payment_id,
    status: toStatus(payment.status.word),
    wireStatus: payment.status.wire,
    reason: reasonOfIsoCode(reasonCode),
    reasonCode,
    creditorCredited: false,
    order: toOrder(payment),
    next: toNextStep(payment.approval),
  };
}

function toStatus(word: PaymentStatusWord): ReportedStatus {
  switch (word) {
    case 'waiting':
      return 'awaiting_authorisation';
    case 'approved':
      return 'authorised';
    case 'executing':
      return 'processing';
    case 'done':
      return 'settled';
    case 'declined':
      return 'rejected';
    case 'cancelled':
      return 'cancelled';
    case 'unknown':
      return 'unknown';
  }
}

function toOrder({ order }: WirePayment): OrderReading {
  if (order === undefined) return { kind: 'unreadable' };
  return {
    kind: 'read',
    order: {
      money: { amount: order.amount, currency: order.currency },
      creditorAccountNumber: order.creditor,
      debtorAccountNumber: order.debtor,
      kid: order.kid ?? undefined,
      text: order.text ?? undefined,
      endToEndId: order.end_to_end_id,
    },
  };
}
