import type { Dispatcher } from 'undici';
import type { Clock } from './clock.ts';
import type { OutboundAttempt } from './attempt.ts';
import type { BreakerState } from './breaker.ts';
import type { BreakerChange } from './breakers.ts';
import type { CallError } from './call-error.ts';
import { Guard } from './guard.ts';
import type { Judgement } from './judge.ts';
import type { Limits } from './limiter.ts';
import type { CallTracing } from './tracing.ts';

/** One call to a provider. */
export interface OutboundCall {
  /** The operation's name in errors, logs and metrics, e.g. `sumsub.create_applicant`. */
  operation: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /**
   * Whether the provider may receive this call twice. A call that is not repeatable is tried again only when it
   * certainly did not reach the provider. Payment initiation and code exchange are never repeatable.
   */
  repeatable: boolean;
  /** For all attempts and all waiting together; less when the work that causes the call has less time left. */
  timeoutMs?: number;
  /**
   * Whether the call is work of its own, which continues after the work that caused it. Then it has only its own
   * deadline.
   */
  outlivesItsCause?: boolean;
  responseBytesMax?: number;
  /**
   * The part of the provider that is called, e.g. a bank. It has its own breaker and its own share of the limits. Must
   * not be personal data.
   */
  scope?: string;
  /** Whether the scope has hosts of its own: where these do not answer, the rest of the provider still may. */
  scopeHasOwnHost?: boolean;
  /** Judges an answer for the breaker and the record when its status is not enough. Pure; must not throw. */
  judge?: (response: RawResponse) => Judgement;
}

/** The answer as received. The caller judges it, whatever its status. */
export interface RawResponse {
  status: number;
  /** The part of the provider that the call named. */
  readonly scope?: string | undefined;
  headers: Headers;
  body: Uint8Array;
  text(): string;
  /**
   * @throws {CallError} Or what `toError` makes of it: `provider_invalid_response` when the content type is not JSON,
   * or the body is not JSON, is nested too deep, or names a member twice.
   */
  json(): unknown;
}

/** The options of one provider's guard. */
export interface OutboundOptions {
  provider: string;
  /** The only origins that may be called, e.g. `https://api.sumsub.com`. */
  origins: readonly string[];
  clock: Clock;
  dispatcher: Dispatcher;
  limits?: Partial<Limits>;
  /** How many failures in a row open its breaker; five unless given. */
  failuresBeforeOpening?: number;
  /** Called after every attempt; must not throw. */
  onAttempt?: (attempt: OutboundAttempt) => void;
  /** Called when a breaker opens, probes or closes because of this process's own calls; must not throw. */
  onBreaker?: (change: BreakerChange) => void;
  tracing?: CallTracing | undefined;
  /** From 0 up to 1, for jitter. */
  random: () => number;
  /** The `user-agent` of each request; `guarded-call` unless given. */
  userAgent?: string;
  /** Makes the error that callers get, of an application's own class. They get the `CallError` unless given. */
  toError?: (error: CallError) => Error;
}

/** The current state of a provider's guard. */
export interface OutboundSnapshot {
  provider: string;
  breaker: BreakerState;
  /** Parts of the provider whose breakers are not closed. */
  scopes: Record<string, BreakerState>;
  active: number;
  waiting: number;
  /** Parts of the provider that have taken their whole share of the places; waiting calls may be waiting for these. */
  fullScopes: readonly string[];
  retryTokens: number;
}

/** The only way to call a provider. */
export interface Outbound {
  /**
   * Sends `call` and returns the provider's answer, whatever its status.
   *
   * @throws {CallError} Or what `toError` makes of it: `provider_unavailable` or `provider_timeout`, with `outcome`
   * `not_sent` or `unknown`, when there is no answer; `provider_invalid_response` when the answer is larger than
   * allowed or compressed; `provider_refused`, `not_sent`, when the address is not one of the provider's;
   * `rate_limited`, `not_sent`, when too many calls of the same customer are waiting.
   */
  send(call: OutboundCall): Promise<RawResponse>;
  readonly breakerState: BreakerState;
}

/** An `Outbound` with what the process needs to observe it and to share its breakers. */
export interface GuardedOutbound extends Outbound {
  readonly provider: string;
  snapshot(): OutboundSnapshot;
  /** Applies a breaker change that another process reported. */
  learn(change: Pick<BreakerChange, 'scope' | 'state' | 'openMs'>): void;
}

/** Calls to one provider, under its guard. */
export function createGuardedOutbound(options: OutboundOptions): GuardedOutbound {
  return new Guard(options);
}
