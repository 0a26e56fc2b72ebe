import { BrokenCircuitError, circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhen } from 'cockatiel';
import { DropError, isDropError } from '#domain/errors.ts';

export type BreakerState = 'closed' | 'open' | 'half_open';

const failuresBeforeOpening = 5;
const openMs = 30_000;

export interface Breaker {
  run<T>(call: () => Promise<T>): Promise<T>;
  readonly state: BreakerState;
}

/**
 * Opens after five consecutive failures to get an answer, lets one probe through after 30 s. An answer of any status
 * is an answer: what the provider refuses is not a reason to stop asking.
 */
export function createBreaker(provider: string): Breaker {
  const isFailure = (error: unknown): boolean =>
    isDropError(error, 'provider_unavailable', 'provider_timeout');
  const policy = circuitBreaker(handleWhen(isFailure), {
    halfOpenAfter: openMs,
    breaker: new ConsecutiveBreaker(failuresBeforeOpening),
  });
  return {
    async run(call) {
      try {
        return await policy.execute(call);
      } catch (error) {
        if (!(error instanceof BrokenCircuitError)) throw error;
        throw new DropError('provider_unavailable', {
          message: `${provider} failed ${failuresBeforeOpening} times in a row; not asked again yet`,
          outcome: 'not_sent',
          provider,
          retryAfterMs: openMs,
        });
      }
    },
    get state() {
      return stateNames[policy.state];
    },
  };
}

const stateNames: Record<CircuitState, BreakerState> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half_open',
  [CircuitState.Isolated]: 'open',
};
