import { DropError, isDropError, type ErrorCode, type Outcome } from '#domain/errors.ts';
import { judgeJson, type Judgement } from '#outbound/judge.ts';
import { retryAfterMs } from '#outbound/retry.ts';
import type { RawResponse } from '#outbound/outbound.ts';
import { errorSchema } from './wire.ts';

interface Verdict {
  code: ErrorCode;
  outcome: Outcome;
}

const refused = (code: ErrorCode): Verdict => ({ code, outcome: 'refused' });
/** The bank may have acted: only asking tells. */
const unknown = (code: ErrorCode): Verdict => ({ code, outcome: 'unknown' });

/** Enable Banking's forty error codes (OpenAPI, `ErrorCode`) and what each means for Drop. */
export const verdicts: Record<string, Verdict> = {
  ACCESS_DENIED: refused('provider_refused'),
  ACCOUNT_DOES_NOT_EXIST: refused('account_unknown'),
  ALREADY_AUTHORIZED: refused('consent_failed'),
  ASPSP_ACCOUNT_NOT_ACCESSIBLE: refused('account_unknown'),
  ASPSP_ERROR: unknown('bank_unavailable'),
  ASPSP_PAYMENT_NOT_ACCESSIBLE: unknown('bank_unavailable'),
  ASPSP_PSU_ACTION_REQUIRED: refused('consent_expired'),
  ASPSP_RATE_LIMIT_EXCEEDED: refused('bank_rate_limited'),
  ASPSP_TIMEOUT: unknown('bank_unavailable'),
  AUTHORIZATION_NOT_PROVIDED: refused('provider_rejected_credentials'),
  CLOSED_SESSION: refused('consent_revoked'),
  DATE_FROM_IN_FUTURE: refused('provider_refused'),
  DATE_TO_WITHOUT_DATE_FROM: refused('provider_refused'),
  EXPIRED_AUTHORIZATION_CODE: refused('consent_failed'),
  EXPIRED_SESSION: refused('consent_expired'),
  INVALID_ACCOUNT_ID: refused('account_unknown'),
  INVALID_HOST: refused('provider_refused'),
  INVALID_PAYMENT: refused('payment_refused_by_bank'),
  NO_ACCOUNTS_ADDED: refused('provider_refused'),
  PAYMENT_LIMIT_EXCEEDED: refused('payment_refused_by_bank'),
  PAYMENT_NOT_FINALIZED: refused('provider_refused'),
  PAYMENT_NOT_FOUND: refused('payment_unknown'),
  PSU_HEADER_INVALID: refused('provider_refused'),
  PSU_HEADER_NOT_PROVIDED: refused('provider_refused'),
  REDIRECT_URI_NOT_ALLOWED: refused('provider_refused'),
  REVOKED_SESSION: refused('consent_revoked'),
  SESSION_DOES_NOT_EXIST: refused('consent_revoked'),
  TRANSACTION_DOES_NOT_EXIST: refused('payment_unknown'),
  UNAUTHORIZED_ACCESS: refused('provider_rejected_credentials'),
  UNAUTHORIZED_IP: refused('provider_rejected_credentials'),
  UNTRUSTED_PAYMENT_PARTY: refused('payment_refused_by_bank'),
  WEBHOOK_URI_NOT_ALLOWED: refused('provider_refused'),
  WRONG_ASPSP_PROVIDED: refused('bank_unknown'),
  WRONG_AUTHORIZATION_CODE: refused('consent_failed'),
  WRONG_CONTINUATION_KEY: refused('provider_refused'),
  WRONG_CREDENTIALS_PROVIDED: refused('provider_refused'),
  WRONG_DATE_INTERVAL: refused('provider_refused'),
  WRONG_REQUEST_PARAMETERS: refused('provider_refused'),
  WRONG_SESSION_STATUS: refused('consent_failed'),
  WRONG_TRANSACTIONS_PERIOD: refused('provider_refused'),
};

/** Reads a refusal. The provider's message and detail may quote what was sent, so only its code is kept. */
export function refusal(response: RawResponse, operation: string): DropError {
  const providerCode = codeOf(response);
  const { code, outcome } = verdictOf(providerCode, response.status);
  const waitMs = retryAfterMs(response.headers.get('retry-after'));
  const requestId = response.headers.get('x-request-id');
  return new DropError(code, {
    message: `${operation}: ${response.status} ${providerCode ?? 'without a code'}`,
    outcome,
    provider: 'enable-banking',
    operation,
    httpStatus: response.status,
    ...(providerCode === undefined ? {} : { providerCode }),
    ...(requestId === null ? {} : { providerRequestId: requestId }),
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
  });
}

/** The codes by which Enable Banking says that it is the bank that fails, and not itself. */
const failuresOfTheBank = new Set(['ASPSP_ERROR', 'ASPSP_TIMEOUT']);

/** For the breaker: a bank that fails closes the way to that bank, whichever status its failure comes with. */
export function judgement(response: RawResponse): Judgement {
  const judged = judgeJson(response);
  if (failuresOfTheBank.has(judged.providerCode ?? '')) return { ...judged, failure: 'scope' };
  return judged.providerCode?.startsWith('ASPSP_') ? { ...judged, failure: undefined } : judged;
}

/** For callers, a provider that cannot be reached is a bank that cannot be reached. */
export function asBankFault(error: unknown): unknown {
  if (!isDropError(error, 'provider_unavailable', 'provider_timeout')) return error;
  return new DropError('bank_unavailable', { message: error.message, cause: error, ...error.details });
}

/** The codes by which an initiation can be refused. What others say of it (that it was found, say) is no refusal. */
const refusesInitiation = new Set([
  ...['ACCESS_DENIED', 'ACCOUNT_DOES_NOT_EXIST', 'ASPSP_ACCOUNT_NOT_ACCESSIBLE', 'ASPSP_PSU_ACTION_REQUIRED'],
  ...['ASPSP_RATE_LIMIT_EXCEEDED', 'AUTHORIZATION_NOT_PROVIDED', 'INVALID_ACCOUNT_ID', 'INVALID_HOST'],
  ...['INVALID_PAYMENT', 'PAYMENT_LIMIT_EXCEEDED', 'PSU_HEADER_INVALID', 'PSU_HEADER_NOT_PROVIDED'],
  ...['REDIRECT_URI_NOT_ALLOWED', 'UNAUTHORIZED_ACCESS', 'UNAUTHORIZED_IP', 'UNTRUSTED_PAYMENT_PARTY'],
  ...['WEBHOOK_URI_NOT_ALLOWED', 'WRONG_ASPSP_PROVIDED', 'WRONG_CREDENTIALS_PROVIDED'],
  'WRONG_REQUEST_PARAMETERS',
]);

/**
 * Initiation that may have reached the bank is not repeated and not called a failure. A refusal counts where both its
 * status and its code say that nothing was carried out; a code alone may come from something in between.
 */
export function asInitiationFault(error: unknown): unknown {
  if (!(error instanceof DropError) || !mayHaveBegun(error)) return error;
  const { message, details } = error;
  return new DropError('payment_outcome_unknown', { message, cause: error, ...details, outcome: 'unknown' });
}

function mayHaveBegun({ details }: DropError): boolean {
  const { outcome, httpStatus, providerCode } = details;
  if (outcome !== 'refused') return outcome === 'unknown';
  if (httpStatus !== undefined && !refusals.includes(httpStatus)) return true;
  return providerCode !== undefined && providerCode in verdicts && !refusesInitiation.has(providerCode);
}

function codeOf(response: RawResponse): string | undefined {
  try {
    const parsed = errorSchema.safeParse(response.json());
    const code = parsed.data?.error ?? undefined;
    return code !== undefined && /^[A-Z_]{1,60}$/.test(code) ? code : undefined;
  } catch {
    // A gateway's page instead of the provider's JSON: judged by its status.
    return undefined;
  }
}

function verdictOf(providerCode: string | undefined, status: number): Verdict {
  const known = verdicts[providerCode ?? ''];
  if (known) return known;
  // An unknown `ASPSP_…` code reports a result of the bank, so the bank was asked.
  return providerCode?.startsWith('ASPSP_') ? unknown('bank_unavailable') : verdictByStatus(status);
}

/** The statuses that say that the request was not carried out, whoever answers with them (RFC 9110, 15.5). */
const notCarriedOut: readonly number[] = [400, 404, 405, 406, 411, 413, 414, 415, 422, 426, 428, 431];
const refusals: readonly number[] = [...notCarriedOut, 401, 403, 429];

/**
 * For answers without a code of the provider's, such as those of something in between. What is not certainly a refusal
 * is unknown: a redirection may come after the payment was begun as well as before.
 */
function verdictByStatus(status: number): Verdict {
  if (status === 401 || status === 403) return refused('provider_rejected_credentials');
  if (status === 429) return refused('provider_rate_limited');
  return notCarriedOut.includes(status) ? refused('provider_refused') : unknown('bank_unavailable');
}
