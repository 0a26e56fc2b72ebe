// A process that does Drop's jobs, all of them and by their names, with runs that only tell; none is due by the clock.
// Started by `worker.ts`, and killed. `HOLDS=yes`: a run tells that it began, and never ends.
import { systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { untraced } from '#domain/tracing.ts';
import { createPgBossQueue } from '#jobs/pg-boss/queue.ts';
import { startJobs } from '#jobs/start.ts';
import type { JobTiming } from '#jobs/timing.ts';
import { initializeServices } from '#services/index.ts';
import { openStore } from '#store/database.ts';
import { loadConfig } from '#configuration/config.ts';
import { createContext } from '#process/wiring.ts';
import { everyJob } from './every-job.ts';

const store = openStore(process.env['DATABASE_URL'] ?? '');
const timing = JSON.parse(process.env['TIMING'] ?? '') as JobTiming;
const holds = process.env['HOLDS'] === 'yes';
const config = loadConfig({ NEXT_PUBLIC_SERVICE_MODE: 'mock', DROP_ENVIRONMENT: 'sandbox' });
const services = await initializeServices({ config });
const tell = (line: string): void => void process.stdout.write(`${line}\n`);
const log = (_level: string, message: string): void => tell(message);
async function run(name: string): Promise<void> {
  tell(`${holds ? 'begun' : 'done'}: ${name}`);
  // Also when it is told to end: a run may be at something that cannot be broken off.
  if (holds) await new Promise(() => undefined);
}

const jobs = everyJob(run);
const queue = createPgBossQueue({ url: store.url, jobs, timing, log });
const ambient = { clock: systemClock, entropy: systemEntropy, tracing: untraced, log };
const context = createContext({ config, services, store, enqueue: queue.enqueue, ...ambient });
const work = startJobs({ context, queue, jobs, timing, onRun: () => undefined });
// Drop's own server keeps a process alive; here nothing else does.
process.stdin.resume();
process.once('SIGTERM', () => void work.stop().then(() => process.exit(0)));
