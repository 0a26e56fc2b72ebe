import { systemClock, type Clock } from '#domain/clock.ts';

/** What happens when an exception ends the process. */
export interface Crash {
  /** Writes the exception, before anything else and synchronously. `origin` is Node's name for its kind. */
  write(error: unknown, origin: string): void;
  /** Alerts the operators. */
  report?(error: unknown): Promise<void>;
}

/** Longer than storing an alert, delivering it and sending it from memory may take together. */
const reportMsMax = 6_000;

/**
 * After an exception or a rejection that nothing handled, the state of the process is unknown: it is written, the
 * operators are alerted in bounded time, and the process ends with code 1.
 */
export function endOnUnhandledException(crash: Crash, clock: Clock = systemClock): void {
  let isEnding = false;
  process.on('uncaughtException', (thrown: unknown, origin) => {
    // Another value may hold anything, so it is not shown.
    const error = thrown instanceof Error ? thrown : new Error('a value that is not an error was thrown');
    crash.write(error, origin);
    if (isEnding) return;
    isEnding = true;
    const late = Promise.withResolvers<undefined>();
    clock.schedule(reportMsMax, () => late.resolve(undefined), { keepsAlive: true });
    const reported = Promise.resolve(crash.report?.(error)).catch(() => undefined);
    void Promise.race([reported, late.promise]).then(() => process.exit(1));
  });
}
