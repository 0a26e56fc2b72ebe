import type { DropError } from '#domain/errors.ts';
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
import { errorSchema } from './wire.ts';

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

/** Reads a refusal. */
export function refusal(response: RawResponse, operation: string): DropError {
  const providerCode = codeOf(response);
  const verdict = verdictOf(providerCode, response.status);
  return refusalError(response, { provider: 'enable-banking', operation, providerCode, verdict });
}

/** The codes by which Enable Banking says that it is the bank that fails, and not itself. */
const failuresOfTheBank = new Set(['ASPSP_ERROR', 'ASPSP_TIMEOUT']);

/** For the breaker: a bank that fails closes the way to that bank, whichever status its failure comes with. */
export function judgement(response: RawResponse): Judgement {
  const judged = judgeJson(response);
  if (failuresOfTheBank.has(judged.providerCode ?? '')) return { ...judged, failure: 'scope' };
  return judged.providerCode?.startsWith('ASPSP_') ? { ...judged, failure: undefined } : judged;
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

/** An initiation that may have reached the bank is in doubt, whatever the provider says of it. */
export function asInitiationFault(error: unknown): unknown {
  return initiationFault(error, (code) => code in verdicts && !refusesInitiation.has(code));
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
