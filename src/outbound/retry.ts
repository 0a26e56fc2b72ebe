import { DropError, isDropError } from '#domain/errors.ts';
import type { RawResponse } from './outbound.ts';
import { isCertificateFault } from './transport-error.ts';

const baseDelayMs = 100;
const delayMsMax = 2_000;
const retryAfterMsMax = 3_600_000;

/** What one attempt came to. */
export type Result = { response: RawResponse } | { error: DropError };

/** Exponential back-off with full jitter: a random share of 100 ms, 200 ms, 400 ms … capped at 2 s. */
export function retryDelayMs(attempt: number, random: () => number): number {
  return Math.round(random() * Math.min(delayMsMax, baseDelayMs * 2 ** (attempt - 1)));
}

/**
 * Reads `Retry-After` (RFC 9110, 10.2.3) given in seconds or, with `now`, as a date; at most an hour. Undefined when
 * absent or of another form.
 */
export function retryAfterMs(header: string | null, now?: Date): number | undefined {
  const value = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(value)) return Math.min(retryAfterMsMax, Number(value) * 1000);
  if (!now || !/^[A-Z][a-z]{2}, .+ GMT$/.test(value)) return undefined;
  const waitMs = Date.parse(value) - now.getTime();
  return Number.isNaN(waitMs) ? undefined : Math.min(retryAfterMsMax, Math.max(0, waitMs));
}

/** The statuses of a provider, or of a gateway before it, that is not up to answering right now. */
const busyStatuses = [502, 503, 504];

/**
 * Milliseconds to wait before a call may be sent again after its `attempt`-th result, or undefined when it must not be:
 * refusals, answers that make no sense, and whatever the provider may have acted on when the call is not repeatable.
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
  // Whoever counts our calls is asked again only after the time it names.
  if (status === 429) return namedMs;
  return busyStatuses.includes(status) ? (namedMs ?? retryDelayMs(attempt, random)) : undefined;
}

/** An error that names its time is the breaker's: the provider was not asked and is not to be. */
function mayRepeat(call: { repeatable: boolean }, error: DropError): boolean {
  if (!isDropError(error, 'provider_unavailable', 'provider_timeout') || isCertificateFault(error))
    return false;
  const { outcome, retryAfterMs: namedMs } = error.details;
  return namedMs === undefined && (outcome === 'not_sent' || call.repeatable);
}

/** Whether the provider may have acted on an attempt that ended so. */
export function mayHaveActed(result: Result): boolean {
  return 'response' in result || !isDropError(result.error) || result.error.details.outcome !== 'not_sent';
}

/** The last attempt's `error` where an earlier one may have been acted on: "not sent" would not be true of all. */
export function withUnknownOutcome(error: unknown): unknown {
  if (!isDropError(error) || error.details.outcome !== 'not_sent') return error;
  const { message, cause, details } = error;
  return new DropError(error.code, { message, cause, ...details, outcome: 'unknown' });
}
