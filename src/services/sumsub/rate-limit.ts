import type { Clock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';

/** Sumsub's rate limits for one app token. Source: API reference, "Rate limits". */
export const ratesOfSumsub = {
  GET: { callsMax: 300, windowMs: 5_000 },
  POST: { callsMax: 50, windowMs: 5_000 },
} as const;

/** A tenth is reserved for repetitions, which the outbound call makes itself. */
export const shareOfCalls = 0.9;
/** Three windows; a customer should not wait longer. */
export const waitMsMax = 15_000;

/** Delays calls so that Sumsub does not refuse them. Counts the calls of one process only. */
export interface RateLimit {
  /** @throws {DropError} `kyc_unavailable`, not sent, when the turn would come too late. */
  turn(method: 'GET' | 'POST', operation: string): Promise<void>;
}

export function createRateLimit(clock: Clock): RateLimit {
  /** By method: the start times of the latest calls, past and planned, in milliseconds since 1970, earliest first. */
  const turns: Record<'GET' | 'POST', number[]> = { GET: [], POST: [] };

  function nextTurn(method: 'GET' | 'POST', now: number): number {
    const { callsMax, windowMs } = ratesOfSumsub[method];
    const taken = turns[method];
    const oldest = taken.at(-Math.floor(callsMax * shareOfCalls));
    return oldest === undefined ? now : Math.max(now, oldest + windowMs);
  }

  return {
    async turn(method, operation) {
      const now = clock.now().getTime();
      const at = nextTurn(method, now);
      const delayMs = at - now;
      if (delayMs > waitMsMax) throw tooMany(operation, delayMs);
      turns[method] = [...turns[method], at].slice(-ratesOfSumsub[method].callsMax);
      if (delayMs === 0) return;
      const { promise, resolve } = Promise.withResolvers<undefined>();
      clock.schedule(delayMs, () => resolve(undefined));
      await promise;
    },
  };
}

function tooMany(operation: string, delayMs: number): DropError {
  return new DropError('kyc_unavailable', {
    message: `${operation}: too many calls for Sumsub’s rate limit; the next free slot is in ${delayMs} ms`,
    outcome: 'not_sent',
    provider: 'sumsub',
    operation,
    retryAfterMs: delayMs,
  });
}
