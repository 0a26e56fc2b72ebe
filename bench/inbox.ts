import pg from 'pg';
import { freePortBlock, processorMs, startNode, type Child } from './children.ts';
import type { Comparison, Readings, Subject } from './harness.ts';
import { findPgbench, insertsPerSecond } from './inbox-pgbench.ts';
import type { Target } from './report.ts';

export const inboxTitle = (connections: number): string => `Webhooks at ${connections} connections`;
export const inboxDrop = 'Drop';
export const inboxPgbench = '`pgbench`, single-row inserts';
export const inboxFastify = 'Fastify and `pg`';
export const acknowledged = 'durable/s';
export const p99 = 'p99, ms';

const webhooksAt: ReadonlyMap<number, number> = new Map([
  [1, 1_500],
  [8, 6_000],
  [64, 16_000],
]);
const warmUps = 2_000;
const secret = 'demo-bench-webhook-secret';

interface Server {
  name: string;
  program: string;
  table: string;
}

const servers: readonly Server[] = [
  { name: inboxDrop, program: 'bench/inbox-drop.ts', table: 'webhook_inbox' },
  { name: inboxFastify, program: 'bench/inbox-fastify.js', table: 'inbox' },
];

interface Running extends Server {
  port: number;
  child: Child;
  databaseUrl: string;
}

/** All servers run all the time, each on a database of its own on one PostgreSQL; who is not asked is idle. */
export async function inboxBench(options: {
  rounds: number;
  databaseUrl: (name: string) => Promise<string>;
}): Promise<{ comparisons: Comparison[]; stop: () => Promise<void> }> {
  const running: Running[] = [];
  for (const server of servers) running.push(await start(server, await options.databaseUrl(server.program)));
  const pgbench = findPgbench();
  if (pgbench === undefined) process.stderr.write('pgbench is not installed: the limit is not measured\n');
  const pgbenchUrl = await options.databaseUrl('pgbench');
  const comparisonAt = ([connections, webhooks]: [number, number]): Comparison => {
    const limit: Subject[] = pgbench
      ? [{ name: inboxPgbench, sample: () => sampleLimit(pgbench, pgbenchUrl, { connections, webhooks }) }]
      : [];
    return {
      title: inboxTitle(connections),
      method:
        `${webhooks} signed webhooks, each another one, over ${connections} connections from a process of its own; ` +
        'every answer is 200 after the commit. fsync is on; all on one machine. Nothing handles what is stored. ' +
        'pgbench has neither HTTP nor signatures.',
      unit: '',
      baseline: pgbench ? inboxPgbench : inboxFastify,
      warmups: 1,
      rounds: options.rounds,
      subjects: [
        ...running.map((server) => ({
          name: server.name,
          sample: () => sample(server, { connections, webhooks }),
        })),
        ...limit,
      ],
    };
  };
  return {
    comparisons: [...webhooksAt].map(comparisonAt),
    async stop() {
      await Promise.all(running.map(({ child }) => child.stop()));
    },
  };
}

async function start(server: Server, databaseUrl: string): Promise<Running> {
  const port = await freePortBlock();
  const child = startNode([server.program], {
    ...{ DATABASE_URL: databaseUrl, PORT: `${port}`, SUMSUB_WEBHOOK_SECRET: secret, NODE_ENV: 'production' },
  });
  await child.line((line) => line === 'listening');
  const running = { ...server, port, child, databaseUrl };
  await send(running, { connections: 64, webhooks: warmUps });
  return running;
}

interface Amount {
  connections: number;
  webhooks: number;
}

async function sample(server: Running, amount: Amount): Promise<Readings> {
  await emptied(server.databaseUrl, server.table);
  const before = processorMs(server.child.pid) ?? Number.NaN;
  const result = await send(server, amount);
  const usedMs = (processorMs(server.child.pid) ?? Number.NaN) - before;
  return {
    [acknowledged]: result.perSecond,
    'median, ms': result.medianMs,
    [p99]: result.p99Ms,
    'µs of processor a webhook': (usedMs * 1000) / amount.webhooks,
  };
}

async function sampleLimit(program: string, databaseUrl: string, amount: Amount): Promise<Readings> {
  const { connections, webhooks } = amount;
  const inserts = { databaseUrl, connections, inserts: webhooks };
  return { [acknowledged]: await insertsPerSecond(program, inserts) };
}

async function send(
  { port }: Running,
  { connections, webhooks }: Amount,
): Promise<{ perSecond: number; medianMs: number; p99Ms: number }> {
  const child = startNode(['bench/inbox-load.ts'], {
    ...{ PORT: `${port}`, CONNECTIONS: `${connections}`, REQUESTS: `${webhooks}` },
    SUMSUB_WEBHOOK_SECRET: secret,
  });
  return JSON.parse(await child.line((line) => line.startsWith('{'))) as Awaited<ReturnType<typeof send>>;
}

/** Every sample begins with an empty table and nothing to write back. */
async function emptied(databaseUrl: string, table: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`truncate ${table} cascade`);
  await client.query('checkpoint');
  await client.end();
}

const at64 = { title: inboxTitle(64), subject: inboxDrop };

export const inboxTargets: readonly Target[] = [
  {
    ...at64,
    what: 'webhooks at 64 connections, to `pgbench`',
    reading: acknowledged,
    against: inboxPgbench,
    at: 'least',
    bound: 1.2,
  },
  {
    ...at64,
    what: 'webhooks at 64 connections, to Fastify and `pg`',
    reading: acknowledged,
    against: inboxFastify,
    at: 'least',
    bound: 3,
  },
  { ...at64, what: 'webhooks at 64 connections, p99 in ms', reading: p99, at: 'most', bound: 30 },
];
