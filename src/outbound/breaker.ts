import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  type IBackoff,
} from 'cockatiel';
import type { Clock } from '#domain/clock.ts';
import { DropError, isDropError } from '#domain/errors.ts';

export type BreakerState = 'closed' | 'open' | 'half_open';

const failuresBeforeOpening = 5;
const openMs = 30_000;
const probeMs = 1_000;

export interface Breaker {
  run<Answer extends { status: number }>(call: () => Promise<Answer>): Promise<Answer>;
  readonly state: BreakerState;
}

/**
 * Opens after five consecutive failures, and 30 s later lets one probe through; who asks meanwhile is refused rather
 * than made to wait. A failure is no answer at all, or one that says the provider is down (500, 502, 503, 504). What it
 * refuses (4xx) is no reason to stop asking.
 */
export function createBreaker(provider: string, clock: Clock): Breaker {
  const pause = pauseOf(clock);
  const policy = circuitBreaker(handleWhen(isFault).orWhenResult(saysDown), {
    halfOpenAfter: pause,
    breaker: new ConsecutiveBreaker(failuresBeforeOpening),
  });

  function notAsked(retryAfterMs: number): DropError {
    return new DropError('provider_unavailable', {
      message: `${provider} failed ${failuresBeforeOpening} times in a row; not asked again yet`,
      outcome: 'not_sent',
      provider,
      retryAfterMs,
    });
  }

  return {
    async run(call) {
      if (policy.state === CircuitState.HalfOpen) throw notAsked(probeMs);
      try {
        return await policy.execute(call);
      } catch (error) {
        throw error instanceof BrokenCircuitError ? notAsked(pause.leftMs()) : error;
      }
    },
    get state() {
      return stateNames[policy.state];
    },
  };
}

function isFault(error: unknown): boolean {
  return isDropError(error, 'provider_unavailable', 'provider_timeout');
}

const downStatuses: readonly unknown[] = [500, 502, 503, 504];

function saysDown(answer: unknown): boolean {
  return answer instanceof Object && 'status' in answer && downStatuses.includes(answer.status);
}

/**
 * The time between opening and the probe, by `clock`. cockatiel itself goes by the system's time: it asks for the
 * `duration` whenever it wants to know, which is therefore endless until the time has come.
 */
function pauseOf(clock: Clock): IBackoff<unknown> & { leftMs(): number } {
  let endsAt = 0;
  const leftMs = (): number => Math.max(0, endsAt - clock.now().getTime());
  return {
    leftMs,
    next() {
      endsAt = clock.now().getTime() + openMs;
      return this;
    },
    get duration() {
      return leftMs() > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    },
  };
}

const stateNames: Record<CircuitState, BreakerState> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half_open',
  [CircuitState.Isolated]: 'open',
};
