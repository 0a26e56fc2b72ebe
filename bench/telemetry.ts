import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { pino } from 'pino';
import { Histogram, Registry } from 'prom-client';
import { logRequest } from '../src/http/log-requests.ts';
import { createLog } from '../src/process/log.ts';
import { createMetrics } from '../src/process/metrics/metrics.ts';
import type { Comparison, Readings } from './harness.ts';
import { load } from './load.ts';
import { prepareStatistics, readWork } from './payments/statistics.ts';
import type { Target } from './report.ts';
import { startServer } from './serve.ts';

const healthTitle = 'Health under 64 connections';
const lineTitle = 'The line of a request';
const measureTitle = 'The measurement of a request';
const dropHealth = 'GET /api/health';
const dropScrape = 'GET /metrics';
const idle = 'no request';
const drop = 'Drop';
const barePino = 'bare pino';
const barePrometheus = 'bare prom-client';
const perRequest = 'statements a request';
const connections = 64;
const seconds = 10;
const times = 20_000;
/** As the line of a request has them. */
const answered = { method: 'POST', route: '/api/payments/:id', status: 200, durationMs: 12.3 };
const requestId = '0198c6f2-7f00-7000-8123-012345678901';

export const telemetryTargets: readonly Target[] = [
  {
    what: 'statements of the database a request for the health, 64 connections',
    title: healthTitle,
    subject: dropHealth,
    reading: perRequest,
    at: 'most',
    bound: 0.01,
  },
  {
    what: 'statements while the metrics are asked for by 64 connections, to none',
    title: healthTitle,
    subject: dropScrape,
    against: idle,
    reading: 'statements',
    at: 'most',
    bound: 1.5,
  },
  {
    what: 'the line of a request, to bare pino',
    title: lineTitle,
    subject: drop,
    against: barePino,
    reading: 'µs',
    at: 'most',
    bound: 3,
  },
  {
    what: 'the measurement of a request, to bare prom-client',
    title: measureTitle,
    subject: drop,
    against: barePrometheus,
    reading: 'µs',
    at: 'most',
    bound: 1.2,
  },
];

/** `databaseUrl` names an empty database that has `pg_stat_statements`. */
export async function telemetryBench(options: {
  databaseUrl: string;
  rounds: number;
}): Promise<{ comparisons: Comparison[]; stop: () => Promise<void> }> {
  const { child, origin, internalOrigin } = await startServer(options.databaseUrl);
  const pool = new pg.Pool({ connectionString: options.databaseUrl, max: 1 });
  await prepareStatistics(pool);
  const directory = await mkdtemp(join(tmpdir(), 'drop-bench-log-'));
  const under = (url: string) => async () => {
    const before = await readWork(pool);
    const readings = await load({ url, pid: child.pid, connections, seconds });
    const after = await readWork(pool);
    const statements = after.statements - before.statements;
    const requests = (readings['requests/s'] ?? 0) * seconds;
    return { ...readings, statements, [perRequest]: statements / requests };
  };
  return {
    comparisons: [
      {
        title: healthTitle,
        method:
          `autocannon, ${connections} connections, ${seconds} s a sample. Statements are those that PostgreSQL ` +
          'counts meanwhile and in the seconds around it; those of `no request` are the other work of the process.',
        unit: '',
        baseline: idle,
        warmups: 1,
        rounds: options.rounds,
        subjects: [
          { name: dropHealth, sample: under(`${origin}/api/health`) },
          { name: dropScrape, sample: under(`${internalOrigin}/metrics`) },
          {
            name: idle,
            async sample(): Promise<Readings> {
              const before = await readWork(pool);
              await pause(seconds * 1_000);
              return { statements: (await readWork(pool)).statements - before.statements };
            },
          },
        ],
      },
      ...costs(directory),
    ],
    async stop() {
      await pool.end();
      await child.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The cost of a request in Drop, beside that of the libraries alone. */
function costs(directory: string): Comparison[] {
  const log = createLog('info', join(directory, 'drop.log'));
  const bare = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: join(directory, 'bare.log'), sync: true }),
  );
  const metrics = createMetrics({ outbounds: () => [], droppedCalls: () => 0 });
  const histogram = new Histogram({
    name: 'bare',
    help: 'bare',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    registers: [new Registry()],
  });
  const { method, route, durationMs } = answered;
  const labels = { method, route, status: '2xx' };
  const common = { unit: '', warmups: 3, rounds: 25 };
  const how = `${times.toLocaleString('en')} times a sample; µs of processor for each.`;
  const of = (name: string, act: () => void) => ({ name, sample: async () => costOf(act) });
  return [
    {
      ...common,
      title: lineTitle,
      method: `${how} Five members and the message, written to a file before the call returns. Drop redacts each text.`,
      baseline: barePino,
      subjects: [
        of(drop, () => logRequest(log, { ...answered, requestId })),
        of(barePino, () => bare.info({ ...answered, requestId }, 'a request was answered')),
      ],
    },
    {
      ...common,
      title: measureTitle,
      method: `${how} One histogram with three labels and 14 buckets.`,
      baseline: barePrometheus,
      subjects: [
        of(drop, () => metrics.observeRequest(answered)),
        of(barePrometheus, () => histogram.observe(labels, durationMs / 1_000)),
      ],
    },
  ];
}

function costOf(act: () => void): Readings {
  const startedAt = process.cpuUsage();
  for (let turn = 0; turn < times; turn += 1) act();
  const { user, system } = process.cpuUsage(startedAt);
  return { µs: (user + system) / times };
}
