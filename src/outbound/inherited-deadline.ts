import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '#domain/clock.ts';

const ends = new AsyncLocalStorage<number>();

/**
 * Runs `work`, and gives every outbound call that it causes at most what is left of `timeoutMs` milliseconds. Set where
 * work begins: an HTTP request, a job, a webhook that is handled. Within another the earlier end counts.
 */
export function withDeadline<Result>(timeoutMs: number, clock: Clock, work: () => Result): Result {
  const endsAtMs = clock.now().getTime() + timeoutMs;
  return ends.run(Math.min(endsAtMs, ends.getStore() ?? endsAtMs), work);
}

/** When the work that is being done must be over, in milliseconds since 1970; undefined where nothing says so. */
export function inheritedEndMs(): number | undefined {
  return ends.getStore();
}
