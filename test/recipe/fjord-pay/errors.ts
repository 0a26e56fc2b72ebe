import { isDropError, type DropError } from '#domain/errors.ts';
import { judgeJson, type Judgement } from '#outbound/judge.ts';
import type { RawResponse } from '#outbound/outbound.ts';
import {
  initiationFault,
  refusalError,
  refused,
  unknown,
  verdictByStatus,
  type Verdict,
} from '#services/open-banking/faults.ts';

/** Fjord Pay's error codes and what each means for Drop. */
const verdicts: Readonly<Record<string, Verdict>> = {
  account_unknown: refused('account_unknown'),
  bank_down: unknown('bank_unavailable'),
  bank_limit: refused('bank_rate_limited'),
  bank_unknown: refused('bank_unknown'),
  code_invalid: refused('consent_failed'),
  consent_expired: refused('consent_expired'),
  consent_revoked: refused('consent_revoked'),
  consent_unknown: refused('consent_revoked'),
  credentials_wrong: refused('provider_rejected_credentials'),
  not_cancellable: refused('payment_not_cancellable'),
  order_refused: refused('payment_refused_by_bank'),
  payment_unknown: refused('payment_unknown'),
  request_invalid: refused('provider_refused'),
  token_expired: refused('consent_ended'),
  token_wrong: refused('consent_ended'),
};

/** A refusal as an error. */
export function refusal(response: RawResponse, operation: string): DropError {
  const { providerCode } = judgeJson(response);
  const verdict = verdicts[providerCode ?? ''] ?? verdictByStatus(response.status);
  return refusalError(response, { provider: 'fjord-pay', operation, providerCode, verdict });
}

/** For the breaker: a bank that is down closes the way to that bank alone. */
export function judge(response: RawResponse): Judgement {
  const judged = judgeJson(response);
  return judged.providerCode === 'bank_down' ? { ...judged, failure: 'scope' } : judged;
}

export function isTokenExpired(error: unknown): boolean {
  return isDropError(error) && error.details.providerCode === 'token_expired';
}

const refusesInitiation = ['bank_unknown', 'credentials_wrong', 'order_refused', 'request_invalid'];

/** An initiation that may have reached the bank is in doubt, whatever the provider says of it. */
export function asInitiationFault(error: unknown): unknown {
  return initiationFault(error, (code) => code in verdicts && !refusesInitiation.includes(code));
}
