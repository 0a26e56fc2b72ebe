import type { Dispatcher } from 'undici';
import { DropError } from '#domain/errors.ts';
import type { Clock } from '#domain/clock.ts';
import { readBounded } from './bounded-body.ts';
import { createBreaker, type BreakerState } from './breaker.ts';
import { pause, startDeadline, type Deadline } from './deadline.ts';
import { rawResponse } from './raw-response.ts';
import { delayBeforeRepeatMs, mayHaveActed, withUnknownOutcome, type Result } from './retry.ts';
import { transportError } from './transport-error.ts';

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
  /** For all attempts together. */
  timeoutMs?: number;
  responseBytesMax?: number;
}

/** The answer as it came: judged by the caller, whatever its status. */
export interface RawResponse {
  status: number;
  headers: Headers;
  body: Uint8Array;
  text(): string;
  /** @throws {DropError} `provider_invalid_response` when the body is not JSON. */
  json(): unknown;
}

/** What one provider's guard needs. */
export interface OutboundOptions {
  provider: string;
  /** The only origins that may be called, e.g. `https://api.sumsub.com`. */
  origins: readonly string[];
  clock: Clock;
  dispatcher: Dispatcher;
  /** Told of every attempt; must not throw. */
  onAttempt?: (attempt: OutboundAttempt) => void;
  /** 0–1, for jitter. */
  random?: () => number;
}

export interface OutboundAttempt {
  provider: string;
  operation: string;
  attempt: number;
  status: number | undefined;
  durationMs: number;
  errorCode: string | undefined;
}

/** The one way out to a provider. */
export interface Outbound {
  /**
   * Sends `call` and returns the provider's answer, whatever its status.
   *
   * @throws {DropError} `provider_unavailable` or `provider_timeout`, with `outcome` `not_sent` or `unknown`, when
   * there is no answer; `provider_invalid_response` when the answer is larger than allowed.
   */
  send(call: OutboundCall): Promise<RawResponse>;
  readonly breakerState: BreakerState;
}

const attemptsMax = 3;
const timeoutMsDefault = 10_000;
const responseBytesMaxDefault = 1_048_576;

export function createOutbound(options: OutboundOptions): Outbound {
  const { provider, clock, dispatcher, random = Math.random } = options;
  const origins = new Set(options.origins.map((origin) => new URL(origin).origin));
  const breaker = createBreaker(provider, clock);

  async function attempt(call: OutboundCall, signal: AbortSignal): Promise<RawResponse> {
    const context = { provider, operation: call.operation };
    try {
      const response = await request(dispatcher, call, signal);
      const body = await readBounded(response.body, call.responseBytesMax ?? responseBytesMaxDefault);
      return rawResponse(response, body, context);
    } catch (error) {
      throw transportError(error, context);
    }
  }

  async function observed(call: OutboundCall, signal: AbortSignal, number: number): Promise<RawResponse> {
    const startedAt = performance.now();
    const seen = (status: number | undefined, errorCode: string | undefined): void => {
      const durationMs = performance.now() - startedAt;
      const { operation } = call;
      options.onAttempt?.({ provider, operation, attempt: number, status, durationMs, errorCode });
    };
    try {
      const response = await breaker.run(() => attempt(call, signal));
      seen(response.status, undefined);
      return response;
    } catch (error) {
      seen(undefined, error instanceof DropError ? error.code : 'internal_error');
      throw error;
    }
  }

  async function attempts(call: OutboundCall, deadline: Deadline): Promise<RawResponse> {
    let isUncertain = false;
    for (let number = 1; ; number += 1) {
      const result: Result = await observed(call, deadline.signal, number).then(
        (response) => ({ response }),
        (error: unknown) => ({ error }),
      );
      const delayMs = delayBeforeRepeatMs(call, result, { attempt: number, now: clock.now(), random });
      const goesOn = delayMs !== undefined && number < attemptsMax && deadline.allows(delayMs);
      if (goesOn) await pause(clock, delayMs, deadline);
      if (!goesOn || deadline.signal.aborted) return answerOf(result, isUncertain);
      isUncertain ||= mayHaveActed(result);
    }
  }

  return {
    async send(call) {
      assertAllowed(call, origins, provider);
      const deadline = startDeadline(call.timeoutMs ?? timeoutMsDefault, clock);
      return attempts(call, deadline).finally(() => deadline.end());
    },
    get breakerState() {
      return breaker.state;
    },
  };
}

/** What the caller gets. `isUncertain`: an attempt before the last may have been acted on. */
function answerOf(result: Result, isUncertain: boolean): RawResponse {
  if ('response' in result) return result.response;
  throw isUncertain ? withUnknownOutcome(result.error) : result.error;
}

function assertAllowed(call: OutboundCall, origins: Set<string>, provider: string): void {
  const { origin } = new URL(call.url);
  if (origins.has(origin)) return;
  throw new DropError('provider_refused', {
    message: `${origin} is not an address of ${provider}`,
    outcome: 'not_sent',
    provider,
    operation: call.operation,
  });
}

async function request(
  dispatcher: Dispatcher,
  call: OutboundCall,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  const url = new URL(call.url);
  return dispatcher.request({
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    method: call.method,
    headers: { accept: 'application/json', 'user-agent': 'drop', ...call.headers },
    body: call.body ?? null,
    signal,
  });
}
