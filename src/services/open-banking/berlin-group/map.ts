import {
  accountNumberFromIban,
  isAccountNumber,
  normaliseAccountNumber,
} from '#domain/banking/account-number.ts';
import { moneyFromDecimal } from '#domain/money.ts';
import type { OrderReading } from '#domain/payment/order.ts';
import type { PaymentFailureReason } from '#domain/payment/reason.ts';
import type { ReportedStatus } from '#domain/payment/status.ts';
import { shownName } from '#domain/shown-text.ts';
import { orderedAccountNumber } from '#services/open-banking/ordered-account.ts';
import type {
  Bank,
  ConsentedAccount,
  ConsentReading,
  PaymentReport,
} from '#services/open-banking/service.ts';
import { endOfBankDay } from './bank-days.ts';
import type { BankProfile } from './bank-profiles.ts';
import { paymentRulesOf } from './payment-body.ts';
import type { WireAccount, WireConsent, WireOrder, WirePayment, WireStatus } from './wire.ts';

const secondsPerDay = 86_400;

export function toBank(profile: BankProfile): Bank {
  const { id, name, bic, consentDaysMax, executesOnSca } = profile;
  return {
    id,
    name,
    bic,
    maximumConsentValiditySeconds: consentDaysMax * secondsPerDay,
    readsBalances: true,
    paymentBankId: executesOnSca ? id : undefined,
    paymentRules: executesOnSca ? paymentRulesOf(profile) : undefined,
  };
}

/** A status that Drop does not know moves nothing. */
export function toConsentReading({ consentStatus, validUntil }: WireConsent): ConsentReading {
  switch (consentStatus) {
    case 'received':
    case 'partiallyAuthorised':
    case 'unknown':
      return { kind: 'pending' };
    case 'valid':
      return { kind: 'active', validUntil: validUntil === undefined ? undefined : endOfBankDay(validUntil) };
    case 'rejected':
      return { kind: 'ended', cause: 'failed' };
    case 'revokedByPsu':
    case 'terminatedByTpp':
      return { kind: 'ended', cause: 'revoked' };
    case 'expired':
      return { kind: 'ended', cause: 'expired' };
  }
}

/** The account that outlives the consent is the one of the number: a `resourceId` belongs to its consent. */
export function toAccount(account: WireAccount): ConsentedAccount {
  return {
    reference: account.resourceId,
    identity: undefined,
    accountNumber: accountNumberOf(account),
    name: shownName(account.displayName) ?? shownName(account.name) ?? shownName(account.product),
    ownerName: shownName(account.ownerName),
    currency: account.currency ?? undefined,
  };
}

/** Eleven digits; undefined for an account of another kind. */
function accountNumberOf({ bban, iban }: WireAccount): string | undefined {
  const number = normaliseAccountNumber(bban ?? '');
  return isAccountNumber(number) ? number : accountNumberFromIban(iban ?? '');
}

/** What the status alone says, before a reading of the funds. */
interface Circumstances {
  reference: string;
  profile: Pick<BankProfile, 'reportsNoFundsAsAccp' | 'settledStatuses'>;
  /** Whether there was enough money; undefined where the bank was not asked or does not say. */
  fundsAvailable: boolean | undefined;
}

export function toPaymentReport(payment: WirePayment, circumstances: Circumstances): PaymentReport {
  const { transactionStatus } = payment;
  return {
    ...toStatusReport(transactionStatus, circumstances),
    order: payment.order === null ? { kind: 'unreadable' } : toOrder(payment.order),
  };
}

/** For answers that contain no order. */
export function toStatusReport({ word, wire }: WireStatus, circumstances: Circumstances): PaymentReport {
  const { reference, fundsAvailable } = circumstances;
  const isShort = fundsAvailable === false && (word === 'RJCT' || word === 'ACCP');
  const reason: PaymentFailureReason | undefined = isShort ? 'insufficient_funds' : undefined;
  return {
    reference,
    status: toStatus(word, circumstances),
    wireStatus: wire,
    reason,
    reasonCode: isShort ? 'fundsAvailable=false' : undefined,
    creditorCredited: word === 'ACCC',
    order: { kind: 'not_promised' },
  };
}

/**
 * ISO 20022 payment status onto Drop's. `ACSC` is the debtor's account settled, and the last that most banks report;
 * `ACCC` is the creditor's. `unknown` moves nothing: it stands for a word that is not known, for `ACCP` where that may
 * mean that there is too little money, and for `RJCR`, by which a bank refuses a cancellation: the payment stands.
 */
function toStatus(word: WireStatus['word'], { profile, fundsAvailable }: Circumstances): ReportedStatus {
  switch (word) {
    case 'RCVD':
    case 'PATC':
    case 'PDNG':
      return 'awaiting_authorisation';
    case 'ACCP':
      return profile.reportsNoFundsAsAccp && fundsAvailable !== true ? 'unknown' : 'authorised';
    case 'ACTC':
    case 'ACFC':
    case 'ACWC':
      return 'authorised';
    case 'ACSP':
    case 'ACWP':
    case 'PART':
      return 'processing';
    case 'ACSC':
    case 'ACCC':
      return profile.settledStatuses.includes(word) ? 'settled' : 'processing';
    case 'RJCT':
      return 'rejected';
    case 'CANC':
    case 'CNCL':
      return 'cancelled';
    case 'RJCR':
    case 'unknown':
      return 'unknown';
  }
}

function toOrder(order: WireOrder): OrderReading {
  const { instructedAmount, creditorAccount, debtorAccount } = order;
  const creditorAccountNumber = orderedAccountNumber(creditorAccount);
  if (creditorAccountNumber === undefined) return { kind: 'unreadable' };
  return {
    kind: 'read',
    order: {
      money: moneyFromDecimal(instructedAmount.amount, instructedAmount.currency),
      creditorAccountNumber,
      debtorAccountNumber: orderedAccountNumber(debtorAccount),
      kid: given(order.remittanceInformationStructured?.reference),
      text: given(order.remittanceInformationUnstructured),
      endToEndId: given(order.endToEndIdentification),
      executionDate: order.requestedExecutionDate ?? undefined,
    },
  };
}

/** Undefined for an empty text, and for `NOTPROVIDED`, by which ISO 20022 marks a missing identification. */
export function given(text: string | null | undefined): string | undefined {
  return text === null || text === undefined || /^(notprovided)?$/i.test(text.trim()) ? undefined : text;
}
