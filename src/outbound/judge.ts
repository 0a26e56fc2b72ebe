import type { DropError } from '#domain/errors.ts';
import type { Failure } from './breakers.ts';
import type { RawResponse } from './outbound.ts';

/** What an answer says beyond its status: for the breaker and for the record, not for the caller. */
export interface Judgement {
  /** The failed party; undefined for a success and for a mere refusal. */
  failure: Failure | undefined;
  /** The provider's own word for it. */
  providerCode?: string | undefined;
  /** What to quote to the provider's support, where it is not in `X-Request-ID`. */
  providerRequestId?: string | undefined;
}

/** Statuses that say that the provider is down (RFC 9110, 15.6). */
const downStatuses: readonly number[] = [500, 502, 503];
/** A gateway got no answer in time; this is judged like a timeout of Drop's own. */
const lateStatus = 504;

/** By the status alone: how answers are judged whose call brings no judge of its own. */
export function judgeByStatus({ status }: Pick<RawResponse, 'status'>): Judgement {
  if (status === lateStatus) return { failure: 'request' };
  return downStatuses.includes(status) ? { failure: 'provider' } : { failure: undefined };
}

/**
 * For answers that are JSON and name their errors in a member `error` (OAuth 2.0 and its kin). A 2xx that is not JSON
 * is the provider's failure: something in front of it answered.
 */
export function judgeJson(response: RawResponse): Judgement {
  const { isJson, providerCode } = errorIn(response);
  const isEmpty = response.body.byteLength === 0;
  if (isSuccess(response) && !isJson && !isEmpty) return { failure: 'provider' };
  const judged = providerCode === undefined ? judgeByStatus(response) : judgeExplained(response);
  return { ...judged, providerCode };
}

/**
 * For answers in which the provider itself names an error. The provider is up, then, and has looked at the request: a
 * 500 or a 2xx is a failure of this request, which may concern one customer only.
 */
export function judgeExplained(response: Pick<RawResponse, 'status'>): Judgement {
  const isOverRequest = response.status === 500 || isSuccess(response);
  return isOverRequest ? { failure: 'request' } : judgeByStatus(response);
}

/**
 * The failed party when there is no answer; `nothing` where the provider was not asked, or not given enough time:
 * `isCutShort` says that Drop itself had left the attempt too little of its time, which then ran out.
 */
export function judgeMissingAnswer(error: DropError, isCutShort: boolean): Failure | 'nothing' | undefined {
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
    // Judged by what it is not; the caller gets the reason when it reads the body itself.
    return { isJson: false, providerCode: undefined };
  }
}
