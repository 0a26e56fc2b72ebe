import { systemClock, type Clock } from '#domain/clock.ts';

/** When a clock agreed with the system's, in its milliseconds, and how often faster it has run since. */
export interface Pace {
  startMs: number;
  speed: number;
}

/**
 * A clock that runs faster, the same in all processes: leases and waits of Drop, and deadlines of its calls, end within
 * seconds.
 */
export function clockAt({ startMs, speed }: Pace): Clock {
  return {
    ...systemClock,
    now() {
      const sinceMs = systemClock.now().getTime() - startMs;
      return new Date(startMs + sinceMs * speed);
    },
    monotonicMs: () => systemClock.monotonicMs() * speed,
    schedule: (delayMs, task, options) => systemClock.schedule(delayMs / speed, task, options),
  };
}

/** The pace that the parent of a process chose for all; the system's own where it chose none. */
export function paceOf(environment: NodeJS.ProcessEnv): Pace {
  const pace = environment['CHAOS_PACE'];
  return pace === undefined ? { startMs: 0, speed: 1 } : (JSON.parse(pace) as Pace);
}

export const fastClock: Clock = clockAt({ startMs: 1_750_000_000_000, speed: 20 });
