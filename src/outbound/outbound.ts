import { errors, type Dispatcher } from 'undici';
import { DropError } from '#domain/errors.ts';
import type { Clock } from '#domain/clock.ts';
import { createBreaker, type BreakerState } from './breaker.ts';
import { retryDelayMs, retryAfterMs } from './retry.ts';
import { readBounded } from './bounded-body.ts';
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
  const breaker = createBreaker(provider);

  async function attempt(call: OutboundCall, deadline: AbortSignal): Promise<RawResponse> {
    const response = await request(dispatcher, call, deadline).catch((error: unknown) => {
      throw transportError(error, { provider, operation: call.operation });
    });
    const limit = call.responseBytesMax ?? responseBytesMaxDefault;
    const body = await readBounded(response.body, limit).catch((error: unknown) => {
      throw transportError(error, { provider, operation: call.operation });
    });
    return rawResponse(response.statusCode, response.headers, body, { provider, operation: call.operation });
  }

  async function observed(call: OutboundCall, deadline: AbortSignal, number: number): Promise<RawResponse> {
    const startedAt = performance.now();
    const seen = (status: number | undefined, errorCode: string | undefined): void => {
      const durationMs = performance.now() - startedAt;
      options.onAttempt?.({
        provider,
        operation: call.operation,
        attempt: number,
        status,
        durationMs,
        errorCode,
      });
    };
    try {
      const response = await breaker.run(() => attempt(call, deadline));
      seen(response.status, undefined);
      return response;
    } catch (error) {
      seen(undefined, error instanceof DropError ? error.code : 'internal_error');
      throw error;
    }
  }

  async function send(call: OutboundCall): Promise<RawResponse> {
    assertAllowed(call, origins, provider);
    const timeoutMs = call.timeoutMs ?? timeoutMsDefault;
    const endsAt = clock.now().getTime() + timeoutMs;
    const deadline = AbortSignal.timeout(timeoutMs);
    for (let number = 1; ; number += 1) {
      const result = await observed(call, deadline, number).then(
        (response) => ({ response }),
        (error: unknown) => ({ error }),
      );
      const delayMs = delayBeforeRepeat(call, result, number, random);
      const outOfTime = delayMs === undefined || clock.now().getTime() + delayMs >= endsAt;
      if (number < attemptsMax && !outOfTime) {
        await pause(clock, delayMs);
        continue;
      }
      if ('error' in result) throw result.error;
      return result.response;
    }
  }

  return {
    send,
    get breakerState() {
      return breaker.state;
    },
  };
}

type Result = { response: RawResponse } | { error: unknown };

/** Milliseconds to wait before the call may be sent again, or undefined when it must not be. */
function delayBeforeRepeat(
  call: OutboundCall,
  result: Result,
  attempt: number,
  random: () => number,
): number | undefined {
  if ('error' in result) {
    if (!(result.error instanceof DropError) || result.error.details.retryAfterMs !== undefined)
      return undefined;
    const { outcome } = result.error.details;
    const safe = outcome === 'not_sent' || (outcome === 'unknown' && call.repeatable);
    return safe ? retryDelayMs(attempt, random) : undefined;
  }
  const { status, headers } = result.response;
  const busy = status === 429 || status === 502 || status === 503 || status === 504;
  if (!busy || !call.repeatable) return undefined;
  return retryAfterMs(headers.get('retry-after')) ?? retryDelayMs(attempt, random);
}

function assertAllowed(call: OutboundCall, origins: Set<string>, provider: string): void {
  if (origins.has(new URL(call.url).origin)) return;
  throw new DropError('provider_refused', {
    message: `${new URL(call.url).origin} is not an address of ${provider}`,
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
  if (signal.aborted) throw new errors.ConnectTimeoutError();
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

function rawResponse(
  status: number,
  headers: Dispatcher.ResponseData['headers'],
  body: Uint8Array,
  context: { provider: string; operation: string },
): RawResponse {
  const text = (): string => new TextDecoder().decode(body);
  return {
    status,
    headers: new Headers(
      Object.entries(headers).map(([name, value]): [string, string] => [name, [value].flat().join(', ')]),
    ),
    body,
    text,
    json() {
      try {
        return JSON.parse(text());
      } catch (cause) {
        throw new DropError('provider_invalid_response', {
          message: `${context.operation}: the answer is not JSON`,
          cause,
          outcome: 'unknown',
          httpStatus: status,
          ...context,
        });
      }
    },
  };
}

async function pause(clock: Clock, delayMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  clock.schedule(delayMs, () => resolve(undefined));
  await promise;
}
