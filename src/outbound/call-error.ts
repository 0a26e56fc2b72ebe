/**
 * Why a call has no usable answer: `provider_unavailable` (no answer, or not asked for one), `provider_timeout`,
 * `provider_invalid_response` (an answer that is not read), `provider_refused` (an address that may not be called),
 * `rate_limited` (too many calls of one customer wait), `configuration_invalid` (of TLS), `internal_error` (a request
 * that cannot be sent at all).
 */
export type CallErrorCode =
  | 'provider_unavailable'
  | 'provider_timeout'
  | 'provider_invalid_response'
  | 'provider_refused'
  | 'rate_limited'
  | 'configuration_invalid'
  | 'internal_error';

export interface CallErrorDetails {
  /** For the log: it quotes nothing of the request or the answer. */
  message?: string;
  cause?: unknown;
  /**
   * `not_sent`: no byte of the request was sent, so nothing happened. `unknown`: the provider may have acted on it, so
   * its state must be read before the call is made again.
   */
  outcome?: 'not_sent' | 'unknown';
  provider?: string;
  /** The part of the provider that the call named as its scope. */
  scope?: string;
  operation?: string;
  /** The status of an answer that could not be used. */
  httpStatus?: number;
  /** When to call again; only of calls that were not let through. */
  retryAfterMs?: number;
}

/** The only error of a guarded call. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly code: CallErrorCode;
  readonly details: Omit<CallErrorDetails, 'message' | 'cause'>;

  constructor(code: CallErrorCode, { message, cause, ...details }: CallErrorDetails = {}) {
    super(message ?? code, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }
}

/** Narrows `error` to a `CallError`, optionally of one of `codes`. */
export function isCallError(error: unknown, ...codes: CallErrorCode[]): error is CallError {
  return error instanceof CallError && (codes.length === 0 || codes.includes(error.code));
}
