import { hostname } from 'node:os';
import type { Scheduled } from '#domain/clock.ts';
import { version } from '#configuration/version.ts';
import { forgetProcess, reportProcess } from '#store/running-processes.ts';
import type { UseCaseContext } from '#usecases/context.ts';

const everyMs = 60_000;

/** Reports once a minute that this process runs, for `npx drop status`. A report that fails is tried a minute later. */
export function startPresence({
  store: { database },
  clock,
  entropy,
  log,
}: Pick<UseCaseContext, 'store' | 'clock' | 'entropy' | 'log'>): { stop(): Promise<void> } {
  const own = { id: entropy.uuid(), host: hostname(), pid: process.pid, version, startedAt: clock.now() };
  const failed = (error: unknown): void => log('warn', 'this process could not report itself', { error });
  let next: Scheduled | undefined;
  let reporting = Promise.resolve();
  let isStopped = false;

  function report(): void {
    reporting = reportProcess(database, { ...own, seenAt: clock.now() })
      .catch(failed)
      .then(() => {
        if (!isStopped) next = clock.schedule(everyMs, report);
      });
  }

  report();
  return {
    async stop() {
      isStopped = true;
      next?.cancel();
      await reporting;
      await forgetProcess(database, own.id).catch(failed);
    },
  };
}
