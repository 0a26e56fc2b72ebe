import type { Log } from '#usecases/context.ts';

export interface Stoppable {
  close(reason: string): Promise<void>;
  /** Tells the operators of an exception that nobody caught; bounded in time. */
  reportUnhandled(error: unknown): Promise<void>;
}

/**
 * Stops in order on SIGINT and SIGTERM, at once on the second. After an exception that nobody caught the state of the
 * process is unknown: the operators are told, and it ends.
 */
export function stopOnSignals(running: Stoppable, log: Log, onStopped: () => void = () => undefined): void {
  let isStopping = false;

  async function stop(signal: string): Promise<void> {
    if (isStopping) process.exit(130);
    isStopping = true;
    await running.close(signal);
    onStopped();
    process.exit(0);
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      stop(signal).catch((error: unknown) => {
        log('error', 'stopping failed', { error });
        process.exit(1);
      });
    });
  }
  process.on('uncaughtException', (error) => {
    log('error', 'unhandled exception', { error });
    running.reportUnhandled(error).finally(() => process.exit(1));
  });
}
