import type { ErrorCode } from '#domain/errors.ts';
import { isRefusal, Offline, problemOf, Unreachable } from '#kit/api/problem.ts';
import { kindOfError, type ProblemKind } from '../shell/problem-kinds.ts';

/**
 * How an attempt to send a payment failed.
 *
 * - `offline`: it was not sent, because the browser has no network.
 * - `unanswered`: it may have been sent. The same request asks, and pays at most once.
 * - `outcomeUnknown`: the bank may have it. The screen must not offer to send it again.
 * - `repeated`: Drop asks whether a second payment alike is meant.
 * - `obstructed`: the customer must do something else first. Confirming again would be refused again.
 * - `problem`: any other answer.
 */
export type SendFailureKind =
  'offline' | 'unanswered' | 'outcomeUnknown' | 'repeated' | 'obstructed' | 'problem';

const obstacles = new Set<ProblemKind>([
  'consentEnded',
  'kycRequired',
  'kycRejected',
  'signedOut',
  'signInAgain',
]);

export function sendFailureOf(error: unknown): SendFailureKind {
  if (error instanceof Offline) return 'offline';
  if (error instanceof Unreachable) return 'unanswered';
  const code = problemOf(error)?.code;
  if (code === 'payment_outcome_unknown') return 'outcomeUnknown';
  if (code === 'payment_in_progress') return 'unanswered';
  if (code === 'payment_repeated') return 'repeated';
  return obstacles.has(kindOfError(error)) ? 'obstructed' : 'problem';
}

/** Whether the customer may confirm again after the failure. */
export function mayConfirm(kind: SendFailureKind): boolean {
  return kind !== 'outcomeUnknown' && kind !== 'obstructed';
}

/** Refused before Drop looked at the payment, or only until the customer answers: the key may still belong to one. */
const keepsKey = new Set<ErrorCode>([
  'not_signed_in',
  'forbidden_origin',
  'national_id_required',
  'kyc_required',
  'kyc_rejected',
  'payment_repeated',
  'payment_in_progress',
]);

/**
 * The idempotency key after the failure. `keep`: a payment may exist under it. `renew`: Drop has judged the order and
 * made no payment of it. `spent`: no payment was sent, and the same values may be sent again under the key.
 */
export function keyAfter(error: unknown): 'keep' | 'renew' | 'spent' {
  const code = problemOf(error)?.code;
  if (code === 'bank_unavailable' || code === 'bank_rate_limited') return 'spent';
  return isRefusal(error) && code !== undefined && !keepsKey.has(code) ? 'renew' : 'keep';
}

/** Whether it is certain that no money moves by the failed attempt. */
export function isCertainlyNotSent(error: unknown): boolean {
  const problem = problemOf(error);
  if (problem?.code === 'idempotency_key_reused' || problem?.code === 'payment_in_progress') return false;
  return problem !== undefined && (problem.status < 500 || problem.code === 'bank_unavailable');
}
