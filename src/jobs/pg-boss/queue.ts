import { DropError } from '#domain/errors.ts';
import type { Log } from '#usecases/context.ts';
import type { JobDefinition, JobQueue } from '../port.ts';
import type { JobTiming } from '../timing.ts';
import { openBoss, workOptions, type Boss } from './boss.ts';
import { prepareQueues } from './prepare.ts';

export interface PgBossQueueOptions {
  /** The database's address. */
  url: string;
  jobs: Readonly<Record<string, JobDefinition>>;
  timing: JobTiming;
  log: Log;
}

/** The queue of jobs on pg-boss, in the schema `jobs`. pg-boss is loaded and connects when it is first needed. */
export function createPgBossQueue(options: PgBossQueueOptions): JobQueue {
  const { jobs, timing } = options;
  let opening: Promise<Boss> | undefined;
  let closing: Promise<void> | undefined;

  function open(): Promise<Boss> {
    if (closing)
      return Promise.reject(
        new DropError('database_unavailable', { message: 'the queue of jobs is closed' }),
      );
    opening ??= openPrepared(options).catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  }

  async function discard(opened: Boss): Promise<void> {
    opening = undefined;
    await opened.close(0).catch(() => undefined);
  }

  async function close(graceMs: number): Promise<void> {
    const opened = await opening?.catch(() => undefined);
    await opened?.close(graceMs);
  }

  return {
    async enqueue(transaction, name, data) {
      const { boss, fromTransaction } = await open();
      const id = await boss.send(name, data, { db: fromTransaction(transaction) });
      if (id === null) throw new DropError('internal_error', { message: `the job ${name} was not enqueued` });
    },
    async work(run) {
      const opened = await open();
      try {
        for (const name of Object.keys(jobs)) {
          await opened.boss.work(name, workOptions(timing), async ([attempt]) => {
            if (attempt) await run(attempt);
          });
        }
      } catch (error) {
        await discard(opened);
        throw error;
      }
    },
    close: (graceMs) => (closing ??= close(graceMs)),
  };
}

/** pg-boss cannot complete a start that failed, so everything is closed then. */
async function openPrepared({ url, jobs, timing, log }: PgBossQueueOptions): Promise<Boss> {
  const opened = await openBoss(url, { timing, log });
  try {
    await opened.boss.start();
    await prepareQueues(opened, { jobs, timing });
    return opened;
  } catch (error) {
    await opened.close(0).catch(() => undefined);
    throw error;
  }
}
