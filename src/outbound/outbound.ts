import type { Dispatcher } from 'undici';
import type { Clock } from '#domain/clock.ts';
import type { OutboundAttempt } from './attempt.ts';
import type { BreakerState } from './breaker.ts';
import type { BreakerChange } from './breakers.ts';
import { Guard } from './guard.ts';
import type { Judgement } from './judge.ts';
import type { Limits } from './limiter.ts';
import type { RecordedFields } from './recorded-fields.ts';
import type { CallTracing } from './tracing.ts';

/** One call to a provider. */
export interface OutboundCall {
  /** Names the operation in errors, logs and metrics, e.g. `sumsub.create_applicant`. */
  operation: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /**
   * Whether the provider may see this call twice. A call that is not repeatable is tried again only when it certainly
   * did not reach the provider. Payment initiation and code exchange are never repeatable.
   */
  repeatable: boolean;
  /** For all attempts and all waiting together; less where the work that causes the call has less time left. */
  timeoutMs?: number;
  /**
   * Whether it is work of its own, which goes on when what caused it is over: then only its own time counts, and it is
   * made for no customer.
   */
  outlivesItsCause?: boolean;
  responseBytesMax?: number;
  /**
   * The part of the provider that is asked, e.g. a bank: it has a breaker of its own, and an answer that does not come
   * is its failure. Not personal data.
   */
  scope?: string;
  /** Judges an answer for breaker and record where its status does not tell. Pure; must not throw. */
  judge?: (response: RawResponse) => Judgement;
}

/** The answer as it came: judged by the caller, whatever its status. */
export interface RawResponse {
  status: number;
  headers: Headers;
  body: Uint8Array;
  text(): string;
  /**
   * @throws {DropError} `provider_invalid_response` when the body does not say that it is JSON, is not, is nested too
   * deep, or names a member twice.
   */
  json(): unknown;
}

/** What one provider's guard needs. */
export interface OutboundOptions {
  provider: string;
  /** The only origins that may be called, e.g. `https://api.sumsub.com`. */
  origins: readonly string[];
  clock: Clock;
  dispatcher: Dispatcher;
  limits?: Partial<Limits>;
  /** What may be kept of bodies. */
  recorded?: RecordedFields;
  /** Told of every attempt; must not throw. */
  onAttempt?: (attempt: OutboundAttempt) => void;
  /** Told when a breaker opens, probes or closes by what this process saw; must not throw. */
  onBreaker?: (change: BreakerChange) => void;
  tracing?: CallTracing | undefined;
  /** From 0 up to 1, for jitter. */
  random: () => number;
}

/** How a provider's guard stands. */
export interface OutboundSnapshot {
  provider: string;
  breaker: BreakerState;
  /** Parts of the provider whose breakers are not closed. */
  scopes: Record<string, BreakerState>;
  active: number;
  waiting: number;
  /** Parts of the provider that have all the places that one part may have: what waits may wait for these. */
  fullScopes: readonly string[];
  retryTokens: number;
}

/** The one way out to a provider. */
export interface Outbound {
  /**
   * Sends `call` and returns the provider's answer, whatever its status.
   *
   * @throws {DropError} `provider_unavailable` or `provider_timeout`, with `outcome` `not_sent` or `unknown`, when
   * there is no answer; `provider_invalid_response` when the answer is larger than allowed or compressed.
   */
  send(call: OutboundCall): Promise<RawResponse>;
  readonly breakerState: BreakerState;
}

/** An `Outbound` as those who run Drop see it. */
export interface GuardedOutbound extends Outbound {
  readonly provider: string;
  snapshot(): OutboundSnapshot;
  /** Takes over what another process found out about the provider. */
  learn(change: Pick<BreakerChange, 'scope' | 'state' | 'openMs'>): void;
}

export function createOutbound(options: OutboundOptions): GuardedOutbound {
  return new Guard(options);
}
