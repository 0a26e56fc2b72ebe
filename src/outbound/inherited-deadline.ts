import { AsyncLocalStorage } from 'node:async_hooks';

const ends = new AsyncLocalStorage<number>();

/**
 * Runs `work` and limits every outbound call that it causes to the remainder of `timeoutMs` milliseconds. Called where
 * work begins: an HTTP request, a job, or the handling of a webhook. When nested, the earlier end applies.
 */
export function withDeadline<Result>(timeoutMs: number, clock: { now(): Date }, work: () => Result): Result {
  const endsAtMs = clock.now().getTime() + timeoutMs;
  return ends.run(Math.min(endsAtMs, ends.getStore() ?? endsAtMs), work);
}

/** When the current work must end, in milliseconds since 1970; undefined when it has no deadline. */
export function inheritedEndMs(): number | undefined {
  return ends.getStore();
}
