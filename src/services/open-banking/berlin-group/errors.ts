import { isDropError, type DropError } from '#domain/errors.ts';
import { judgeByStatus, judgeExplained, type Judgement } from '#outbound/judge.ts';
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

/** What an operation is about: the same code means something else for an account than for a payment. */
export type Subject = 'consent' | 'account' | 'payment';

/** The message codes of NextGenPSD2 1.3 (OpenAPI, `MessageCode…`) and what each means for Drop. */
const verdicts: Readonly<Record<string, Verdict>> = {
  ACCESS_EXCEEDED: refused('bank_rate_limited'),
  BENEFICIARY_WHITELISTING_REQUIRED: refused('payment_refused_by_bank'),
  CANCELLATION_INVALID: refused('payment_not_cancellable'),
  CERTIFICATE_BLOCKED: refused('provider_rejected_credentials'),
  CERTIFICATE_EXPIRED: refused('provider_rejected_credentials'),
  CERTIFICATE_INVALID: refused('provider_rejected_credentials'),
  CERTIFICATE_MISSING: refused('provider_rejected_credentials'),
  CERTIFICATE_REVOKED: refused('provider_rejected_credentials'),
  CONSENT_EXPIRED: refused('consent_expired'),
  CONSENT_INVALID: refused('consent_ended'),
  CONSENT_UNKNOWN: refused('consent_revoked'),
  CORPORATE_ID_INVALID: refused('provider_refused'),
  EXECUTION_DATE_INVALID: refused('payment_refused_by_bank'),
  FORMAT_ERROR: refused('provider_refused'),
  INTERNAL_SERVER_ERROR: unknown('bank_unavailable'),
  PAYMENT_FAILED: refused('payment_refused_by_bank'),
  PERIOD_INVALID: refused('provider_refused'),
  PRODUCT_INVALID: refused('payment_refused_by_bank'),
  PRODUCT_UNKNOWN: refused('payment_refused_by_bank'),
  PSU_CREDENTIALS_INVALID: refused('provider_refused'),
  REFERENCE_MIX_INVALID: refused('provider_refused'),
  REFERENCE_STATUS_INVALID: refused('provider_refused'),
  REQUESTED_FORMATS_INVALID: refused('provider_refused'),
  RESOURCE_BLOCKED: refused('payment_refused_by_bank'),
  ROLE_INVALID: refused('provider_rejected_credentials'),
  SCA_INVALID: refused('provider_refused'),
  SCA_METHOD_UNKNOWN: refused('provider_refused'),
  SERVICE_BLOCKED: refused('provider_refused'),
  SERVICE_INVALID: refused('provider_refused'),
  SIGNATURE_INVALID: refused('provider_rejected_credentials'),
  SIGNATURE_MISSING: refused('provider_rejected_credentials'),
  STATUS_INVALID: refused('provider_refused'),
  TIMESTAMP_INVALID: refused('provider_refused'),
  TOKEN_EXPIRED: refused('provider_rejected_credentials'),
  TOKEN_INVALID: refused('provider_rejected_credentials'),
  TOKEN_UNKNOWN: refused('provider_rejected_credentials'),
};

/** A resource that is not there, or no longer. */
const missing: Record<Subject, Verdict> = {
  consent: refused('consent_revoked'),
  account: refused('account_unknown'),
  payment: refused('payment_unknown'),
};
const missingCodes = ['RESOURCE_UNKNOWN', 'RESOURCE_EXPIRED'];

/** Reads a refusal. */
export function refusal(response: RawResponse, operation: string, subject: Subject): DropError {
  const providerCode = codeIn(response);
  const isMissing = missingCodes.includes(providerCode ?? '');
  const known = isMissing ? missing[subject] : verdicts[providerCode ?? ''];
  const verdict = known ?? verdictByStatus(response.status);
  return refusalError(response, { provider: 'berlin-group', operation, providerCode, verdict });
}

/** For the breaker: each bank is a party of its own, so a bank that fails closes the way to itself alone. */
export function judge(response: RawResponse): Judgement {
  const providerCode = codeIn(response);
  const judged = providerCode === undefined ? judgeByStatus(response) : judgeExplained(response);
  const failure = judged.failure === 'provider' || isForeignSuccess(response) ? 'scope' : judged.failure;
  return { failure, providerCode };
}

/** A page in place of JSON comes from something in front of the bank. */
function isForeignSuccess(response: RawResponse): boolean {
  const isSuccess = response.status >= 200 && response.status < 300;
  return isSuccess && response.body.byteLength > 0 && jsonIn(response) === undefined;
}

/** The codes that a bank gives where it has not taken an order. What others say of one is no refusal. */
const refusesInitiation = new Set([
  ...['ACCESS_EXCEEDED', 'BENEFICIARY_WHITELISTING_REQUIRED', 'CERTIFICATE_BLOCKED', 'CERTIFICATE_EXPIRED'],
  ...['CERTIFICATE_INVALID', 'CERTIFICATE_MISSING', 'CERTIFICATE_REVOKED', 'CORPORATE_ID_INVALID'],
  ...['EXECUTION_DATE_INVALID', 'FORMAT_ERROR', 'PAYMENT_FAILED', 'PERIOD_INVALID', 'PRODUCT_INVALID'],
  ...['PRODUCT_UNKNOWN', 'PSU_CREDENTIALS_INVALID', 'REQUESTED_FORMATS_INVALID', 'RESOURCE_BLOCKED'],
  ...['ROLE_INVALID', 'SERVICE_BLOCKED', 'SERVICE_INVALID', 'SIGNATURE_INVALID', 'SIGNATURE_MISSING'],
  ...['TIMESTAMP_INVALID', 'TOKEN_EXPIRED', 'TOKEN_INVALID', 'TOKEN_UNKNOWN'],
]);

const isKnown = (code: string): boolean => code in verdicts || missingCodes.includes(code);

/** An initiation that may have reached the bank is in doubt, whatever the bank says of it. */
export function asInitiationFault(error: unknown): unknown {
  return initiationFault(error, (code) => isKnown(code) && !refusesInitiation.has(code));
}

/** Whether a refusal only says that the consent is no longer there. */
export function isConsentOver(error: unknown): boolean {
  return isDropError(error, 'consent_revoked', 'consent_expired', 'consent_ended');
}

/** The first error of `tppMessages`; else the code of a problem (RFC 7807). */
function codeIn(response: RawResponse): string | undefined {
  if (response.status < 400) return undefined;
  const { data } = errorSchema.safeParse(jsonIn(response));
  const message = data?.tppMessages?.find(({ category }) => category !== 'WARNING');
  const code = message?.code ?? data?.code;
  return code !== undefined && /^[A-Z_]{1,60}$/.test(code) ? code : undefined;
}

function jsonIn(response: RawResponse): unknown {
  try {
    return response.json();
  } catch {
    // A page of something in front of the bank: judged by its status.
    return undefined;
  }
}
