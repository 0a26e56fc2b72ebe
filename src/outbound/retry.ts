import { CallError, isCallError } from './call-error.ts';
import type { RawResponse } from './outbound.ts';
import { isCertificateFault } from './transport-error.ts';

export const baseDelayMs = 100;
export const delayMsMax = 2_000;
const retryAfterMsMax = 3_600_000;

/** The result of one attempt. */
export type Result = { response: RawResponse } | { error: CallError };

/** Exponential back-off with full jitter: a random share of 100 ms, 200 ms, 400 ms … capped at 2 s. */
export function retryDelayMs(attempt: number, random: () => number): number {
  return Math.round(random() * Math.min(delayMsMax, baseDelayMs * 2 ** (attempt - 1)));
}

/**
 * Reads `Retry-After` (RFC 9110, 10.2.3) given in seconds or, with `now`, as a date; at most an hour. Undefined when
 * absent or in another form.
 */
export function retryAfterMs(header: string | null, now?: Date): number | undefined {
  const value = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(value)) return Math.min(retryAfterMsMax, Number(value) * 1000);
  if (!now || !/^[A-Z][a-z]{2}, .+ GMT$/.test(value)) return undefined;
  const waitMs = Date.parse(value) - now.getTime();
  return Number.isNaN(waitMs) ? undefined : Math.min(retryAfterMsMax, Math.max(0, waitMs));
}

/** The statuses of a provider, or of a gateway in front of it, that is temporarily unable to answer. */
const busyStatuses = [502, 503, 504];

/**
 * Milliseconds to wait before a call may be sent again after its `attempt`-th result, or undefined when it must not be:
 * after a refusal or an invalid answer, and, if the call is not repeatable, after any result on which the provider may
 * have acted.
 */
export function delayBeforeRepeatMs(
  call: { repeatable: boolean },
  result: Result,
  { attempt, now, random }: { attempt: number; now: Date; random: () => number },
): number | undefined {
  if ('error' in result) {
    return mayRepeat(call, result.error) ? retryDelayMs(attempt, random) : undefined;
  }
  if (!call.repeatable) return undefined;
  const { status, headers } = result.response;
  const namedMs = retryAfterMs(headers.get('retry-after'), now);
  // A provider that limits our rate is called again only after the time that it names.
  if (status === 429) return namedMs;
  return busyStatuses.includes(status) ? (namedMs ?? retryDelayMs(attempt, random)) : undefined;
}

/**
 * An error with a `retryAfterMs` comes from the breaker or the limiter: the provider was not called and must not be.
 */
function mayRepeat(call: { repeatable: boolean }, error: CallError): boolean {
  if (!isCallError(error, 'provider_unavailable', 'provider_timeout') || isCertificateFault(error))
    return false;
  const { outcome, retryAfterMs: namedMs } = error.details;
  return namedMs === undefined && (outcome === 'not_sent' || call.repeatable);
}

/** Whether the provider may have acted on an attempt with this result. */
export function mayHaveActed(result: Result): boolean {
  return 'response' in result || result.error.details.outcome !== 'not_sent';
}

/** The last attempt's `error`, when the provider may have acted on an earlier attempt: `not_sent` becomes `unknown`. */
export function withUnknownOutcome(error: CallError): CallError {
  if (error.details.outcome !== 'not_sent') return error;
  const { message, cause, details } = error;
  return new CallError(error.code, { message, cause, ...details, outcome: 'unknown' });
}
