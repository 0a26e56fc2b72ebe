import type { ConsentStatus } from '#domain/consent.ts';
import { moneyFromDecimal } from '#domain/money.ts';
import type { PaymentStatus } from '#domain/payment.ts';
import type { Bank, ConsentedAccount, ConsentGrant, PaymentReport, Redirect } from '../service.ts';
import { accountNumberOf, toAccountNumber } from './account-numbers.ts';
import { writeAccountReference } from './account-reference.ts';
import type { DirectoryEntry } from './banks.ts';
import { domesticCapability } from './payment-body.ts';
import {
  isReachable,
  type AccountResource,
  type AuthorizedSession,
  type CreatedPayment,
  type PaymentStatusWord,
  type SessionStatusWord,
  type WirePayment,
} from './wire.ts';

export function toBank({ aspsp, readsBalances }: DirectoryEntry): Bank {
  return {
    id: aspsp.name,
    name: aspsp.name,
    bic: aspsp.bic ?? undefined,
    maximumConsentValiditySeconds: aspsp.maximum_consent_validity,
    readsBalances,
    initiatesPayments: domesticCapability(aspsp) !== undefined,
  };
}

/**
 * What a session grants, or undefined where it does not say which bank's it is, until when it holds, or any account
 * that can be used. A bank of another country than `country` is another bank, though it may have the same name.
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
    name: account.details ?? account.product ?? undefined,
    ownerName: account.name ?? undefined,
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

/** The answer to an initiation: the customer has yet to approve, unless the bank said no at once. */
export function toStartedPayment({ payment_id, status, url }: CreatedPayment): PaymentReport & Redirect {
  const early = toPaymentStatus(status.word, { settles: false });
  return {
    reference: payment_id,
    status: early === 'rejected' || early === 'cancelled' ? early : 'awaiting_authorisation',
    wireStatus: status.wire,
    reasonCode: undefined,
    creditorCredited: false,
    order: undefined,
    redirectUrl: url,
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
  const successful = (finalSuccessfulStatuses ?? ['ACSC', 'ACCC']).includes(word);
  return {
    reference: payment.payment_id,
    status: toPaymentStatus(word, { settles: payment.final_status === true && successful }),
    wireStatus: wire,
    reasonCode: payment.status_reason_information?.status_reason_code,
    creditorCredited: word === 'ACCC',
    order: toOrder(payment),
  };
}

/**
 * ISO 20022 payment status onto Drop's. `created` is behind every other status, so what it stands for here moves
 * nothing: a word that is not known, and those about the cancellation of a payment, which Drop does not ask for.
 */
function toPaymentStatus(word: PaymentStatusWord, { settles }: { settles: boolean }): PaymentStatus {
  switch (word) {
    case 'RCVD':
    case 'PDNG':
      return 'awaiting_authorisation';
    case 'ACTC':
    case 'ACCP':
    case 'ACWC':
    case 'ACPT':
      return settles ? 'settled' : 'authorised';
    case 'ACSP':
    case 'ACWP':
    case 'ACSC':
      return settles ? 'settled' : 'processing';
    case 'ACCC':
      return 'settled';
    case 'PART':
      return 'processing';
    case 'RJCT':
      return 'rejected';
    case 'CNCL':
      return 'cancelled';
    case 'ACCR':
    case 'PACR':
    case 'PDCR':
    case 'RJCR':
    case 'NULL':
    case 'unknown':
      return 'created';
  }
}

function toOrder({ payment_details }: WirePayment): PaymentReport['order'] {
  const [transaction, ...more] = payment_details?.credit_transfer_transaction ?? [];
  if (transaction === undefined || more.length > 0) return undefined;
  const { currency, amount } = transaction.instructed_amount;
  const { identification } = transaction.beneficiary.creditor_account;
  return {
    money: moneyFromDecimal(amount, currency),
    creditorAccountNumber: toAccountNumber(identification) ?? identification,
  };
}
