import type { Failure } from './breakers.ts';
import type { RawResponse } from './outbound.ts';

/** What an answer says beyond its status: for the breaker and for the record, not for the caller. */
export interface Judgement {
  /** Whose failure it is, if it is one: what is merely refused is nobody's. */
  failure: Failure | undefined;
  /** The provider's own word for it. */
  providerCode?: string | undefined;
  /** What to quote to the provider's support, where it is not in `X-Request-ID`. */
  providerRequestId?: string | undefined;
}

/** Statuses that say that the provider is down. */
const downStatuses: readonly number[] = [500, 502, 503, 504];

/** By the status alone: how answers are judged whose call brings no judge of its own. */
export function judgeByStatus({ status }: Pick<RawResponse, 'status'>): Judgement {
  return downStatuses.includes(status) ? { failure: 'provider' } : { failure: undefined };
}

/**
 * For answers that are JSON and name their errors in a member `error` (OAuth 2.0 and its kin). A 2xx that holds an
 * error after all, or that is not JSON, is the provider's failure: something in front of it answered.
 */
export function judgeJson(response: RawResponse): Judgement {
  const { failure } = judgeByStatus(response);
  const { isJson, providerCode } = errorIn(response);
  const isSuccess = response.status >= 200 && response.status < 300 && response.body.byteLength > 0;
  const isBroken = isSuccess && (!isJson || providerCode !== undefined);
  return { failure: isBroken ? 'provider' : failure, providerCode };
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
