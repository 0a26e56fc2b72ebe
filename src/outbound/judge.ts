import type { CallError } from './call-error.ts';
import type { Failure } from './breakers.ts';
import type { RawResponse } from './outbound.ts';

/** The judgement of an answer, for the breaker and the record. The caller judges the answer itself. */
export interface Judgement {
  /** The failed party; undefined for a success or a plain refusal. */
  failure: Failure | undefined;
  /** The provider's own error code. */
  providerCode?: string | undefined;
  /** The request id to quote to the provider's support, when it is not in `X-Request-ID`. */
  providerRequestId?: string | undefined;
}

/** Statuses that mean that the provider is down (RFC 9110, 15.6). */
const downStatuses: readonly number[] = [500, 502, 503];
/** A gateway received no answer in time; judged like a timeout of the call. */
const lateStatus = 504;

/** Judges by the status alone: the default for calls without their own judge. */
export function judgeByStatus({ status }: Pick<RawResponse, 'status'>): Judgement {
  if (status === lateStatus) return { failure: 'request' };
  return downStatuses.includes(status) ? { failure: 'provider' } : { failure: undefined };
}

/**
 * For JSON answers with an error code in the member `error`, as in OAuth 2.0. A 2xx that is not JSON is the provider's
 * failure: it comes from something in front of the provider.
 */
export function judgeJson(response: RawResponse): Judgement {
  const { isJson, providerCode } = errorIn(response);
  const isEmpty = response.body.byteLength === 0;
  if (isSuccess(response) && !isJson && !isEmpty) return { failure: 'provider' };
  const judged = providerCode === undefined ? judgeByStatus(response) : judgeExplained(response);
  return { ...judged, providerCode };
}

/**
 * For answers in which the provider itself reports an error. The provider is then up and has processed the request: a
 * 500 or a 2xx is a failure of this request, which may concern one customer only.
 */
export function judgeExplained(response: Pick<RawResponse, 'status'>): Judgement {
  const isOverRequest = response.status === 500 || isSuccess(response);
  return isOverRequest ? { failure: 'request' } : judgeByStatus(response);
}

/**
 * The failed party when there is no answer; `nothing` when the provider was not called or not given enough time.
 * `isCutShort`: the attempt timed out after the caller's work had left it too little time.
 */
export function judgeMissingAnswer(error: CallError, isCutShort: boolean): Failure | 'nothing' | undefined {
  const { code, details } = error;
  if (code === 'provider_unavailable') return 'provider';
  if (code === 'internal_error') return 'nothing';
  if (code !== 'provider_timeout') return undefined;
  if (isCutShort) return 'nothing';
  // Before the request begins, only the connection to the provider can fail, and that is the same for every request.
  return details.outcome === 'not_sent' ? 'provider' : 'request';
}

function isSuccess({ status }: Pick<RawResponse, 'status'>): boolean {
  return status >= 200 && status < 300;
}

function errorIn(response: RawResponse): { isJson: boolean; providerCode: string | undefined } {
  try {
    const body = response.json();
    const error: unknown = body instanceof Object && 'error' in body ? body.error : undefined;
    const isWord = typeof error === 'string' && /^[\w.-]{1,60}$/.test(error);
    return { isJson: true, providerCode: isWord ? error : undefined };
  } catch {
    // The caller gets the reason when it reads the body itself.
    return { isJson: false, providerCode: undefined };
  }
}
