import type { Comparison, Readings, Subject } from './harness.ts';
import { findPgbench, insertsPerSecond } from './inbox-pgbench.ts';
import {
  acknowledged,
  inboxDrop,
  inboxFastify,
  inboxNext,
  inboxServers,
  p99,
  sampleInbox,
  startInbox,
  type Amount,
  type RunningInbox,
} from './inbox-subjects.ts';
import type { Target } from './report.ts';

const inboxTitle = (connections: number): string => `Webhooks at ${connections} connections`;
const inboxPgbench = '`pgbench`, single-row inserts';

/** What has targets is measured more often, since a sample of a second differs from the next by a tenth. */
const amounts: readonly (Amount & { often: number })[] = [
  { connections: 1, webhooks: 1_500, often: 1 },
  { connections: 8, webhooks: 6_000, often: 1 },
  { connections: 64, webhooks: 16_000, often: 3 },
];

/** All servers run all the time, each on a database of its own on one PostgreSQL; who is not asked is idle. */
export async function inboxBench(options: {
  rounds: number;
  databaseUrl: (name: string) => Promise<string>;
}): Promise<{ comparisons: Comparison[]; stop: () => Promise<void> }> {
  const running: RunningInbox[] = [];
  for (const server of inboxServers)
    running.push(await startInbox(server, await options.databaseUrl(server.program)));
  const pgbench = findPgbench();
  if (pgbench === undefined) process.stderr.write('pgbench is not installed: the limit is not measured\n');
  const pgbenchUrl = await options.databaseUrl('pgbench');
  const comparisonAt = ({ connections, webhooks, often }: (typeof amounts)[number]): Comparison => {
    const limit: Subject[] = pgbench
      ? [{ name: inboxPgbench, sample: () => sampleLimit(pgbench, pgbenchUrl, { connections, webhooks }) }]
      : [];
    return {
      title: inboxTitle(connections),
      method:
        `${webhooks} signed webhooks, each another one, over ${connections} connections from a process of its own, ` +
        'after two seconds of as many that are not counted; every answer is 200 after the commit. All insert into ' +
        'tables of the columns that Drop has, with the same indexes. fsync is on; all on one machine. Nothing ' +
        'handles what is stored. pgbench has neither HTTP nor signatures.',
      unit: '',
      baseline: pgbench ? inboxPgbench : inboxFastify,
      warmups: 1,
      rounds: often * options.rounds,
      subjects: [
        ...running.map((server) => ({
          name: server.name,
          sample: () => sampleInbox(server, { connections, webhooks }),
        })),
        ...limit,
      ],
    };
  };
  return {
    comparisons: amounts.map(comparisonAt),
    async stop() {
      await Promise.all(running.map(({ child }) => child.stop()));
    },
  };
}

async function sampleLimit(program: string, databaseUrl: string, amount: Amount): Promise<Readings> {
  const { connections, webhooks } = amount;
  const inserts = { databaseUrl, connections, inserts: webhooks };
  return { [acknowledged]: await insertsPerSecond(program, inserts) };
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
  {
    ...at64,
    what: 'webhooks at 64 connections, to Next.js and `pg`',
    reading: acknowledged,
    against: inboxNext,
    at: 'least',
    bound: 3,
  },
  { ...at64, what: 'webhooks at 64 connections, p99 in ms', reading: p99, at: 'most', bound: 30 },
];
