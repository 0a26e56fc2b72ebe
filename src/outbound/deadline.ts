import type { Clock } from '#domain/clock.ts';

/** The end of a call with all its attempts. */
export interface Deadline {
  /** Fires when the time is up: in real time, as the network knows no other. */
  readonly signal: AbortSignal;
  /** Whether there is time left after another `delayMs` milliseconds, by the clock that the delay is kept by. */
  allows(delayMs: number): boolean;
  /** Must be called when the call is over. */
  end(): void;
}

/**
 * Unlike `AbortSignal.timeout` its timer goes away with the call, and keeps the process alive until then: without it a
 * command line tool would end in the middle of the pause before a repetition.
 */
export function startDeadline(timeoutMs: number, clock: Clock): Deadline {
  const endsAt = clock.now().getTime() + timeoutMs;
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new DeadlineError(timeoutMs)), timeoutMs);
  return {
    signal: controller.signal,
    allows: (delayMs) => clock.now().getTime() + delayMs < endsAt,
    end: () => clearTimeout(timer),
  };
}

export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';

  constructor(timeoutMs: number) {
    super(`no answer within ${timeoutMs} ms`);
  }
}

/** Waits, until the time is up at most. */
export async function pause(clock: Clock, delayMs: number, deadline: Deadline): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const waiting = clock.schedule(delayMs, () => resolve(undefined));
  deadline.signal.addEventListener('abort', () => resolve(undefined), { once: true });
  await promise;
  waiting.cancel();
}
