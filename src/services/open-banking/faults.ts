import { DropError, isDropError, type ErrorCode, type Outcome } from '#domain/errors.ts';
import { retryAfterMs } from '#outbound/retry.ts';
import type { RawResponse } from '#outbound/outbound.ts';
import { requestIdPattern } from '#outbound/request-id.ts';

/** What an answer of a provider means for Drop. */
export interface Verdict {
  code: ErrorCode;
  outcome: Outcome;
}

export const refused = (code: ErrorCode): Verdict => ({ code, outcome: 'refused' });
/** The bank may have acted: only asking tells. */
export const unknown = (code: ErrorCode): Verdict => ({ code, outcome: 'unknown' });

/** The statuses that say that the request was not carried out, whoever answers with them (RFC 9110, 15.5). */
const notCarriedOut: readonly number[] = [400, 404, 405, 406, 411, 413, 414, 415, 422, 426, 428, 431];
const refusals: readonly number[] = [...notCarriedOut, 401, 403, 429];

/**
 * For answers without a code of the provider's, such as those of something in between. What is not certainly a refusal
 * is unknown: a redirection may come after the payment was begun as well as before.
 */
export function verdictByStatus(status: number): Verdict {
  if (status === 401 || status === 403) return refused('provider_rejected_credentials');
  if (status === 429) return refused('provider_rate_limited');
  return notCarriedOut.includes(status) ? refused('provider_refused') : unknown('bank_unavailable');
}

/** A refusal as an error. The provider's message may quote what was sent, so only its code is kept. */
export function refusalError(
  response: RawResponse,
  of: { provider: string; operation: string; providerCode: string | undefined; verdict: Verdict },
): DropError {
  const { provider, operation, providerCode, verdict } = of;
  const waitMs = retryAfterMs(response.headers.get('retry-after'));
  const requestId = response.headers.get('x-request-id') ?? '';
  return new DropError(verdict.code, {
    message: `${operation}: ${response.status} ${providerCode ?? 'without a code'}`,
    outcome: verdict.outcome,
    provider,
    ...(response.scope !== undefined && { bank: response.scope }),
    operation,
    httpStatus: response.status,
    ...(providerCode === undefined ? {} : { providerCode }),
    ...(requestIdPattern.test(requestId) && { providerRequestId: requestId }),
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
  });
}

/** For callers, a provider that cannot be reached is a bank that cannot be reached. */
export function asBankFault(error: unknown): unknown {
  if (!isDropError(error, 'provider_unavailable', 'provider_timeout')) return error;
  return new DropError('bank_unavailable', { message: error.message, cause: error, ...error.details });
}

/**
 * Initiation that may have reached the bank is not repeated and not called a failure. A refusal counts where both its
 * status and its code say that nothing was carried out; a code alone may come from something in between. `mayHaveBegun`
 * says so of the provider's own codes.
 */
export function initiationFault(error: unknown, mayHaveBegun: (providerCode: string) => boolean): unknown {
  if (!(error instanceof DropError) || !isInDoubt(error, mayHaveBegun)) return error;
  const { message, details } = error;
  return new DropError('payment_outcome_unknown', { message, cause: error, ...details, outcome: 'unknown' });
}

function isInDoubt({ details }: DropError, mayHaveBegun: (providerCode: string) => boolean): boolean {
  const { outcome, httpStatus, providerCode } = details;
  if (outcome !== 'refused') return outcome === 'unknown';
  if (httpStatus !== undefined && !refusals.includes(httpStatus)) return true;
  return providerCode !== undefined && mayHaveBegun(providerCode);
}
