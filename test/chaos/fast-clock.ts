import { systemClock, type Clock } from '#domain/clock.ts';

const speed = 20;

/** The time of all processes of a chaos test, which passes faster: leases and waits of Drop end within seconds. */
export const fastClock: Clock = {
  ...systemClock,
  now: () => new Date(systemClock.now().getTime() * speed - 1_750_000_000_000 * (speed - 1)),
  monotonicMs: () => systemClock.monotonicMs() * speed,
  schedule: (delayMs, task, options) => systemClock.schedule(delayMs / speed, task, options),
};
