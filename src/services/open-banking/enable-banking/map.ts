import { isAccountNumber, normaliseAccountNumber } from '#domain/banking/account-number.ts';
import { consentMsMax, type ConsentStatus } from '#domain/banking/consent.ts';
import { redirectTo } from '#domain/banking/next-step.ts';
import { moneyFromDecimal } from '#domain/money.ts';
import type { OrderReading } from '#domain/payment/order.ts';
import { reasonOfIsoCode } from '#domain/payment/reason.ts';
import type { ReportedStatus } from '#domain/payment/status.ts';
import { shownName } from '#domain/shown-text.ts';
import type {
  Bank,
  ConsentedAccount,
  ConsentGrant,
  ConsentReading,
  PaymentReport,
  SteppedPayment,
} from '#services/open-banking/service.ts';
import { accountNumberOf, toAccountNumber } from './account-numbers.ts';
import { writeAccountReference } from './account-reference.ts';
import type { DirectoryEntry } from './banks.ts';
import { capabilitiesOf, isInstantType } from './payment-body.ts';
import { toPaymentRules } from './payment-rules.ts';
import {
  isReachable,
  type AccountResource,
  type AuthorizedSession,
  type CreatedPayment,
  type GenericIdentification,
  type PaymentStatusWord,
  type Session,
  type SessionStatusWord,
  type WirePayment,
} from './wire.ts';

export function toBank({ aspsp, readsBalances }: DirectoryEntry): Bank {
  const { domestic, instant } = capabilitiesOf(aspsp);
  return {
    id: aspsp.name,
    name: shownName(aspsp.name) ?? aspsp.name,
    bic: aspsp.bic ?? undefined,
    maximumConsentValiditySeconds: Math.min(consentMsMax / 1_000, aspsp.maximum_consent_validity),
    readsBalances,
    paymentBankId: domestic && aspsp.name,
    paymentRules: domestic && toPaymentRules({ domestic, instant }),
  };
}

/**
 * The grant of a session; undefined where the session does not state its bank, its end, or any account that can be
 * used. A bank in another country than `country` is another bank, even if it has the same name.
 */
export function toGrant(session: AuthorizedSession, country: string): ConsentGrant | undefined {
  const { aspsp, access } = session;
  if (aspsp === undefined || access === undefined) return undefined;
  const accounts = session.accounts.flatMap((account) =>
    isReachable(account) ? [toAccount(account, aspsp.name)] : [],
  );
  if (accounts.length === 0) return undefined;
  return {
    reference: session.session_id,
    bankId: aspsp.country === country ? aspsp.name : `${aspsp.name} (${aspsp.country})`,
    validUntil: access.valid_until,
    accounts,
  };
}

function toAccount(account: AccountResource & { uid: string }, bankId: string): ConsentedAccount {
  const { uid, currency } = account;
  return {
    reference: writeAccountReference({ uid, bankId, hasCredit: hasCredit(account), currency }),
    identity: account.identification_hash ?? undefined,
    accountNumber: accountNumberOf(account),
    name: shownName(account.details) ?? shownName(account.product),
    ownerName: shownName(account.name),
    currency,
  };
}

/** A limit that cannot be read counts: credit must not pass for money. */
function hasCredit({ credit_limit }: AccountResource): boolean {
  return credit_limit === 'unreadable' || /[1-9]/.test(credit_limit?.amount ?? '');
}

/** A session in a state that Drop does not know stays where it is: `pending` moves nothing. */
export function toConsentStatus(word: SessionStatusWord): ConsentStatus {
  switch (word) {
    case 'AUTHORIZED':
      return 'active';
    case 'PENDING_AUTHORIZATION':
    case 'RETURNED_FROM_BANK':
    case 'unknown':
      return 'pending';
    case 'EXPIRED':
      return 'expired';
    case 'CLOSED':
    case 'REVOKED':
      return 'revoked';
    case 'CANCELLED':
      return 'cancelled';
    case 'INVALID':
      return 'failed';
  }
}

export function toConsentReading({ status, access }: Session): ConsentReading {
  const consentStatus = toConsentStatus(status);
  if (consentStatus === 'pending') return { kind: 'pending' };
  if (consentStatus === 'active') return { kind: 'active', validUntil: access?.valid_until };
  return { kind: 'ended', cause: consentStatus };
}

/**
 * The answer to an initiation: the customer has yet to approve. A "no" that comes at once says nothing of whether it is
 * final, and without an address there is nowhere to approve at, so that the payment has to be read.
 */
export function toStartedPayment({ payment_id, status, url }: CreatedPayment): SteppedPayment {
  const isRefused = status.word === 'RJCT' || status.word === 'CNCL';
  return {
    reference: payment_id,
    status: isRefused || url === undefined ? 'unknown' : 'awaiting_authorisation',
    wireStatus: status.wire,
    reason: undefined,
    reasonCode: undefined,
    creditorCredited: false,
    order: { kind: 'not_promised' },
    next: redirectTo(url),
  };
}

/**
 * A payment as the provider reports it. It has settled where the status is final and is one of those that end a
 * payment well at this bank (`final_successful_statuses`); without such a list, where the debtor was debited.
 */
export function toPaymentReport(
  payment: WirePayment,
  finalSuccessfulStatuses: readonly string[] | undefined,
): PaymentReport {
  const { word, wire } = payment.status;
  const isFinal = payment.final_status === true;
  const reasonCode = payment.status_reason_information?.status_reason_code;
  const isSuccessful = word === 'ACCC' || (finalSuccessfulStatuses ?? ['ACSC']).includes(word);
  return {
    reference: payment.payment_id,
    status: toPaymentStatus(word, { isFinal, isSuccessful }),
    wireStatus: wire,
    reason: reasonOfIsoCode(reasonCode),
    reasonCode,
    creditorCredited: word === 'ACCC' && isFinal,
    order: toOrder(payment),
  };
}

/**
 * ISO 20022 payment status onto Drop's. `unknown` moves nothing: it stands for a word that is not known, for those
 * about the cancellation of a payment, which Drop does not ask for, and for a "no" that the bank may yet take back.
 */
function toPaymentStatus(
  word: PaymentStatusWord,
  { isFinal, isSuccessful }: { isFinal: boolean; isSuccessful: boolean },
): ReportedStatus {
  const isSettled = isFinal && isSuccessful;
  switch (word) {
    case 'RCVD':
    case 'PDNG':
      return 'awaiting_authorisation';
    case 'ACTC':
    case 'ACCP':
    case 'ACWC':
    case 'ACPT':
      return isSettled ? 'settled' : 'authorised';
    case 'ACSP':
    case 'ACWP':
    case 'ACSC':
    case 'ACCC':
      return isSettled ? 'settled' : 'processing';
    case 'PART':
      return 'processing';
    case 'RJCT':
      return isFinal ? 'rejected' : 'unknown';
    case 'CNCL':
      return isFinal ? 'cancelled' : 'unknown';
    case 'ACCR':
    case 'PACR':
    case 'PDCR':
    case 'RJCR':
    case 'NULL':
    case 'unknown':
      return 'unknown';
  }
}

function toOrder({ payment_details, payment_type }: WirePayment): OrderReading {
  if (payment_details === undefined) return { kind: 'unreadable' };
  const { debtor_account, credit_transfer_transaction } = payment_details;
  const [{ instructed_amount, beneficiary, payment_id, ...reference }] = credit_transfer_transaction;
  return {
    kind: 'read',
    order: {
      money: moneyFromDecimal(instructed_amount.amount, instructed_amount.currency),
      creditorAccountNumber: toKnownNumber(beneficiary.creditor_account.identification),
      debtorAccountNumber: debtor_account ? toDebtorNumber(debtor_account) : undefined,
      kid: given(reference.reference_number),
      text: given(reference.remittance_information?.join(' ')),
      endToEndId: given(payment_id?.end_to_end_id),
      executionDate: reference.requested_execution_date ?? undefined,
      isInstant: isInstantType(payment_type),
    },
  };
}

/**
 * Undefined where it is nothing to be compared, such as a masked card: then it is not given back. What reads as an
 * account number is one, whatever the scheme is called.
 */
function toDebtorNumber({ identification, scheme_name }: GenericIdentification): string | undefined {
  const isAccount = ['BBAN', 'IBAN'].includes(scheme_name?.toUpperCase() ?? 'BBAN');
  const number = toKnownNumber(identification);
  return isAccount || isAccountNumber(number) ? number : undefined;
}

/** Another form of the same number is the same number. */
function toKnownNumber(identification: string): string {
  const compact = normaliseAccountNumber(identification);
  return toAccountNumber(compact) ?? compact;
}

/** Undefined for an empty text, and for `NOTPROVIDED`, by which ISO 20022 marks a missing end-to-end identification. */
function given(text: string | null | undefined): string | undefined {
  return text === null || text === undefined || /^(notprovided)?$/i.test(text.trim()) ? undefined : text;
}
