import { DropError, isDropError, type ErrorCode } from '#domain/errors.ts';
import { judgeExplained, judgeJson, type Judgement } from '#outbound/judge.ts';
import { retryAfterMs } from '#outbound/retry.ts';
import type { RawResponse } from '#outbound/outbound.ts';
import { errorSchema } from './wire.ts';

type KycErrorCode = Extract<ErrorCode, 'kyc_unavailable' | 'kyc_conflict'>;

/**
 * Sumsub's `errorCode` → Drop's code. A fault in Drop's own token or clock is reported as unavailable, because the
 * customer did not cause it and cannot fix it by trying again. Source: API reference, "Error codes".
 */
const byErrorCode: Record<number, KycErrorCode> = {
  1000: 'kyc_conflict', // duplicate document
  1006: 'kyc_conflict', // no upload: the applicant is being checked
  1007: 'kyc_conflict', // incorrect file size
  1008: 'kyc_conflict', // applicant deleted or inactive
  1009: 'kyc_conflict', // applicant with a final rejection
  1010: 'kyc_conflict', // document type not among those required
  3000: 'kyc_conflict', // applicant already in that state
  4000: 'kyc_unavailable', // app token of invalid format
  4001: 'kyc_unavailable', // app token not found
  4002: 'kyc_unavailable', // private part of the token does not match
  4003: 'kyc_unavailable', // signature does not match
  4004: 'kyc_unavailable', // request expired: clocks differ
  4005: 'kyc_unavailable', // invalid value of an authentication header
  4006: 'kyc_unavailable', // authentication headers missing
  4007: 'kyc_unavailable', // invalid parameters of authentication
};

/** 4xx statuses that do not refuse the request itself: credentials, permission, time, rate. */
const unavailableStatuses = new Set([401, 403, 408, 425, 429]);

const requestExpired = 4004;

export interface Refusal {
  errorCode: number | undefined;
  correlationId: string | undefined;
}

/** Reads Sumsub's codes from a refusal, if the answer contains any. */
export function readRefusal(response: RawResponse): Refusal {
  try {
    const { errorCode, correlationId } = errorSchema.parse(response.json());
    return { errorCode, correlationId };
  } catch {
    // A refusal that is not Sumsub's JSON (a gateway's page) is judged by its status alone.
    return { errorCode: undefined, correlationId: undefined };
  }
}

/** For the breaker and the record. A failure that Sumsub itself explains may concern one applicant only. */
export function judgement(response: RawResponse): Judgement {
  const { errorCode, correlationId } = readRefusal(response);
  const isExplained = errorCode !== undefined || (response.status >= 400 && correlationId !== undefined);
  const { failure } = isExplained ? judgeExplained(response) : judgeJson(response);
  return { failure, providerCode: errorCode?.toString(), providerRequestId: correlationId };
}

/** Whether Sumsub refused because Drop's clock differs from its own by more than a minute. */
export function isRequestExpired(response: RawResponse): boolean {
  return response.status === 401 && readRefusal(response).errorCode === requestExpired;
}

/** The error for an unexpected answer. */
export function refusalError(response: RawResponse, operation: string): DropError {
  const { errorCode, correlationId } = readRefusal(response);
  const retryAfter = retryAfterMs(response.headers.get('retry-after'));
  return new DropError(codeOf(response.status, errorCode), {
    message: `${operation}: answered ${response.status}${errorCode === undefined ? '' : `, code ${errorCode}`}`,
    outcome: response.status >= 400 && response.status < 500 ? 'refused' : 'unknown',
    provider: 'sumsub',
    operation,
    httpStatus: response.status,
    ...(errorCode !== undefined && { providerCode: `${errorCode}` }),
    ...(correlationId !== undefined && { providerRequestId: correlationId }),
    ...(retryAfter !== undefined && { retryAfterMs: retryAfter }),
  });
}

function codeOf(status: number, errorCode: number | undefined): KycErrorCode {
  const known = errorCode === undefined ? undefined : byErrorCode[errorCode];
  if (known) return known;
  const refused = status >= 400 && status < 500 && !unavailableStatuses.has(status);
  return refused ? 'kyc_conflict' : 'kyc_unavailable';
}

/**
 * Converts an error of the outbound call to the code of this service's contract. `rate_limited` is left as it is: the
 * customer made too many calls, and Sumsub is available.
 */
export function unavailableError(cause: unknown, operation: string): DropError {
  if (isDropError(cause, 'kyc_unavailable', 'rate_limited')) return cause;
  const details = cause instanceof DropError ? cause.details : {};
  const reason = cause instanceof DropError ? cause.code : 'the answer is not as documented';
  return new DropError('kyc_unavailable', {
    ...details,
    message: `${operation}: ${reason}`,
    cause,
    outcome: details.outcome ?? 'unknown',
    provider: 'sumsub',
    operation,
  });
}
