// cockatiel's equivalent of the guard. JavaScript, since it is installed for the bench alone.
import * as cockatiel from 'cockatiel';

const { bulkhead, circuitBreaker, ConsecutiveBreaker, ExponentialBackoff, handleAll, retry, timeout } =
  cockatiel;

export function cockatielPolicy(timeoutMs) {
  return cockatiel.wrap(
    retry(handleAll, { maxAttempts: 2, backoff: new ExponentialBackoff() }),
    circuitBreaker(handleAll, { halfOpenAfter: 30_000, breaker: new ConsecutiveBreaker(5) }),
    bulkhead(32, 128),
    timeout(timeoutMs, cockatiel.TimeoutStrategy.Aggressive),
  );
}
