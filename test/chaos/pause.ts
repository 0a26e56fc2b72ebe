import { systemClock } from '#domain/clock.ts';

/** The time between two acts of a person or of the trouble around Drop. */
export function pause(delayMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  systemClock.schedule(delayMs, () => resolve(undefined), { keepsAlive: true });
  return promise;
}
