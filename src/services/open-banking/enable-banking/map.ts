import { accountNumberFromIban, isAccountNumber } from '#domain/account-number.ts';
import type { ConsentStatus } from '#domain/consent.ts';
import { moneyFromDecimal } from '#domain/money.ts';
import type { PaymentStatus } from '#domain/payment.ts';
import { shownText } from '#domain/shown-text.ts';
import type { Bank, ConsentedAccount, ConsentGrant, PaymentReport, Redirect } from '../service.ts';
import { writeAccountReference } from './account-reference.ts';
import type { DirectoryEntry } from './banks.ts';
import { domesticCapability } from './payment-body.ts';
import type {
  AccountResource,
  AuthorizedSession,
  CreatedPayment,
  PaymentStatusWord,
  SessionStatusWord,
  WirePayment,
} from './wire.ts';

export function toBank({ aspsp, readsBalances }: DirectoryEntry): Bank {
  return {
    id: aspsp.name,
    name: shownText(aspsp.name),
    bic: aspsp.bic ?? undefined,
    maximumConsentValiditySeconds: aspsp.maximum_consent_validity,
    readsBalances,
    initiatesPayments: domesticCapability(aspsp) !== undefined,
  };
}

export function toGrant(session: AuthorizedSession): ConsentGrant {
  return {
    reference: session.session_id,
    validUntil: session.access.valid_until,
    accounts: session.accounts.flatMap((account) => toAccount(account, session.aspsp.name)),
  };
}

/** An account without a `uid` cannot be read, being blocked or closed at the bank, and is left out. */
function toAccount(account: AccountResource, bankId: string): ConsentedAccount[] {
  if (account.uid === null || account.uid === undefined) return [];
  const hasCredit = /[1-9]/.test(account.credit_limit?.amount ?? '');
  return [
    {
      reference: writeAccountReference({ uid: account.uid, bankId, hasCredit }),
      identity: account.identification_hash,
      accountNumber: accountNumberOf(account),
      name: nameOf(account.details ?? account.product),
      ownerName: nameOf(account.name),
      currency: account.currency,
    },
  ];
}

/** A name that shows nothing is none. */
function nameOf(name: string | null | undefined): string | undefined {
  const shown = shownText(name ?? '');
  return shown === '' ? undefined : shown;
}

function accountNumberOf({ account_id, all_account_ids }: AccountResource): string | undefined {
  const identifications = [
    account_id?.iban ?? '',
    account_id?.other?.identification ?? '',
    ...(all_account_ids ?? []).map(({ identification }) => identification),
  ];
  return identifications.map(toAccountNumber).find((accountNumber) => accountNumber !== undefined);
}

function toAccountNumber(identification: string): string | undefined {
  return isAccountNumber(identification) ? identification : accountNumberFromIban(identification);
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
