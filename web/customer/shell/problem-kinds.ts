import type { ErrorCode } from '#domain/errors.ts';
import { Offline, problemOf, Unreachable, Unread } from '#kit/api/problem.ts';
import type { Texts } from '../texts/nb.ts';

export type ProblemKind = keyof Texts['problems']['kinds'];
export type ProblemAction = keyof Texts['problems']['actions'];

/** The kind of each error code. The screen also shows the code itself, for customer service. */
const kinds: Record<ErrorCode, ProblemKind> = {
  invalid_request: 'failed',
  idempotency_key_missing: 'failed',
  idempotency_key_reused: 'paymentExists',
  not_signed_in: 'signedOut',
  forbidden_origin: 'failed',
  not_found: 'notFound',
  method_not_allowed: 'failed',
  rate_limited: 'tooMany',
  payload_too_large: 'failed',
  unsupported_media_type: 'failed',
  internal_error: 'failed',
  configuration_invalid: 'failed',
  database_unavailable: 'unavailable',
  sign_in_state_mismatch: 'signInInterrupted',
  sign_in_cancelled: 'signInCancelled',
  sign_in_expired: 'signInInterrupted',
  sign_in_code_exchange_failed: 'signInFailed',
  sign_in_token_invalid: 'signInFailed',
  sign_in_under_age: 'underAge',
  sign_in_identity_conflict: 'signInConflict',
  sign_in_unavailable: 'signInUnavailable',
  national_id_required: 'signInAgain',
  kyc_required: 'kycRequired',
  kyc_rejected: 'kycRejected',
  kyc_unavailable: 'kycUnavailable',
  kyc_conflict: 'failed',
  bank_unknown: 'notFound',
  bank_unavailable: 'bankUnavailable',
  bank_rate_limited: 'bankUnavailable',
  consent_cancelled: 'consentCancelled',
  consent_failed: 'consentFailed',
  consent_expired: 'consentEnded',
  consent_revoked: 'consentEnded',
  consent_ended: 'consentEnded',
  consent_state_mismatch: 'bankReturnUnknown',
  account_unknown: 'notFound',
  payment_creditor_account_invalid: 'paymentRefused',
  payment_kid_invalid: 'paymentRefused',
  payment_amount_invalid: 'paymentRefused',
  payment_above_own_limit: 'paymentRefused',
  payment_above_day_limit: 'paymentRefused',
  payment_insufficient_funds: 'paymentRefused',
  payment_refused_by_bank: 'paymentRefused',
  payment_outcome_unknown: 'paymentOutcomeUnknown',
  payment_unknown: 'notFound',
  payment_not_cancellable: 'notCancellable',
  payment_not_dismissable: 'notDismissable',
  payment_document_missing: 'notFound',
  payment_statement_too_long: 'statementTooLong',
  payment_repeated: 'paymentRepeated',
  payment_in_progress: 'paymentOutcomeUnknown',
  email_address_invalid: 'failed',
  email_link_unknown: 'notFound',
  cards_off: 'notFound',
  card_unknown: 'notFound',
  card_canceled: 'failed',
  card_exists: 'failed',
  cards_too_many: 'failed',
  creditor_unknown: 'notFound',
  creditors_too_many: 'failed',
  email_link_used: 'notFound',
  email_link_expired: 'notFound',
  account_has_open_payments: 'failed',
  file_address_invalid: 'notFound',
  file_address_expired: 'notFound',
  provider_unavailable: 'unavailable',
  provider_timeout: 'unavailable',
  provider_rate_limited: 'unavailable',
  provider_rejected_credentials: 'failed',
  provider_invalid_response: 'failed',
  provider_refused: 'failed',
  webhook_signature_invalid: 'failed',
  webhook_malformed: 'failed',
};

/** The next step that the screen offers for each kind. */
const actions: Record<ProblemKind, ProblemAction> = {
  signInInterrupted: 'signIn',
  signInCancelled: 'signIn',
  signInFailed: 'signIn',
  underAge: 'home',
  signInConflict: 'home',
  tooMany: 'reload',
  signInUnavailable: 'signIn',
  signedOut: 'signIn',
  signInAgain: 'signIn',
  kycRequired: 'verify',
  kycRejected: 'verify',
  kycUnavailable: 'reload',
  bankUnavailable: 'reload',
  consentCancelled: 'banks',
  consentFailed: 'banks',
  bankReturnUnknown: 'payments',
  consentEnded: 'banks',
  notFound: 'home',
  paymentRefused: 'reload',
  paymentOutcomeUnknown: 'payments',
  paymentExists: 'payments',
  paymentRepeated: 'payments',
  notCancellable: 'payments',
  notDismissable: 'payments',
  statementTooLong: 'payments',
  unavailable: 'reload',
  failed: 'reload',
  offline: 'reload',
  offlineUnread: 'reload',
  unreachable: 'reload',
  broken: 'reload',
};

export function kindOfError(error: unknown): ProblemKind {
  if (error instanceof Offline) return 'offline';
  if (error instanceof Unread && error.isOffline) return 'offlineUnread';
  if (error instanceof Unreachable) return 'unreachable';
  const code = problemOf(error)?.code;
  if (code === undefined) return 'broken';
  return isKnownCode(code) ? kinds[code] : 'failed';
}

/** The server may be newer than this page and have codes that the page does not know. */
export function isKnownCode(code: string): code is ErrorCode {
  return code in kinds;
}

export function actionOf(kind: ProblemKind): ProblemAction {
  return actions[kind];
}
