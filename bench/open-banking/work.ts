// A process that does one kind of work over all consents or accounts, and tells of it in one line of JSON.
import { readSettledBalances } from '../../src/usecases/banking/read-settled-balances.ts';
import { reconcileConsents } from '../../src/usecases/banking/reconcile-consents.ts';
import { remindOfConsents } from '../../src/usecases/banking/tell-consent.ts';
import type { UseCaseContext } from '../../src/usecases/context.ts';
import { openContext, surroundings } from './context.ts';

/** The report of a run. */
export interface Done {
  seconds: number;
  /** Calls to providers, and how many of them were refused. */
  calls: number;
  refused: number;
  /** Processor time of the process, in seconds. */
  processorSeconds: number;
  /** The growth of the heap by the work without garbage, and of the resident memory at its peak; in MB. */
  keptMB: number;
  peakMB: number;
}

let [calls, refused] = [0, 0];
const context = await openContext(surroundings(), (attempt) => {
  calls += 1;
  if ((attempt.status ?? 500) > 299) refused += 1;
});

type Work = (context: UseCaseContext) => Promise<void>;

/** Runs a job again until a run of it calls no provider: each run of it does a share. */
function untilIdle(job: Work): Work {
  return async (given) => {
    let before: number;
    do {
      before = calls;
      await job(given);
    } while (calls > before);
  };
}

const works: Readonly<Record<string, Work>> = {
  remind: (given) => remindOfConsents(given),
  consents: untilIdle((given) => reconcileConsents(given)),
  balances: untilIdle((given) => readSettledBalances(given)),
};

/** In MB. */
function memory(): { heap: number; resident: number } {
  globalThis.gc?.();
  const resident = (process.resourceUsage().maxRSS * 1_024) / 1_000_000;
  return { heap: process.memoryUsage().heapUsed / 1_000_000, resident };
}

const work = works[process.env['WORK'] ?? ''];
if (work === undefined) throw new RangeError('WORK names the work');
// Connections are made, and tokens fetched, before.
await context.store.pool.query('select 1');
await Promise.all(context.services.openBanking.all().map(async ({ ais }) => ais?.listBanks()));
[calls, refused] = [0, 0];
const before = memory();
const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
await work(context);
const seconds = (performance.now() - startedAt) / 1_000;
const { user, system } = process.cpuUsage(cpu);
const after = memory();
const done: Done = {
  seconds,
  calls,
  refused,
  processorSeconds: (user + system) / 1_000_000,
  keptMB: after.heap - before.heap,
  peakMB: after.resident - before.resident,
};
await context.store.close();
await context.services.close(1_000);
process.stdout.write(`${JSON.stringify(done)}\n`, () => process.exit(0));
