import pg from 'pg';
import { freePortBlock, processorMs, startNode, type Child } from './children.ts';
import { migrate } from '../src/store/migrate.ts';
import type { Readings } from './harness.ts';

export const inboxDrop = 'Drop';
export const inboxFastify = 'Fastify and `pg`';
export const inboxNext = 'Next.js, a route handler and `pg`';
export const acknowledged = 'durable/s';
export const p99 = 'p99, ms';

const warmUps = 40_000;
/**
 * What goes ahead of a sample. A server that was idle for a few seconds begins slowly: V8 collects garbage then, and
 * with the last object of a shape goes the code that was compiled for it. A second or two of a flood bring it back.
 */
const leadMs = 2_000;
const secret = 'demo-bench-webhook-secret';

export interface InboxServer {
  name: string;
  program: string;
}

export const dropServer: InboxServer = { name: inboxDrop, program: 'bench/inbox-drop.ts' };
export const inboxServers: readonly InboxServer[] = [
  dropServer,
  { name: inboxFastify, program: 'bench/inbox-fastify.js' },
  { name: inboxNext, program: 'bench/inbox-next.js' },
];

export interface RunningInbox extends InboxServer {
  port: number;
  child: Child;
  databaseUrl: string;
}

/** Resolves when it has answered enough to be warm. */
export async function startInbox(server: InboxServer, databaseUrl: string): Promise<RunningInbox> {
  await withInbox(databaseUrl);
  const port = await freePortBlock();
  const child = startNode([server.program], {
    DATABASE_URL: databaseUrl,
    PORT: `${port}`,
    SUMSUB_WEBHOOK_SECRET: secret,
    NODE_ENV: 'production',
  });
  await child.line((line) => line === 'listening');
  const running = { ...server, port, child, databaseUrl };
  await send(running, { connections: 64, webhooks: warmUps });
  return running;
}

/** Everybody keeps webhooks in Drop's own table. */
async function withInbox(databaseUrl: string): Promise<void> {
  await migrate(databaseUrl);
}

export interface Amount {
  connections: number;
  webhooks: number;
}

/** Sends `amount` into an empty table. */
export async function sampleInbox(server: RunningInbox, amount: Amount): Promise<Readings> {
  await emptied(server.databaseUrl);
  const before = processorMs(server.child.pid) ?? Number.NaN;
  const result = await send(server, { ...amount, leadMs });
  const usedMs = (processorMs(server.child.pid) ?? Number.NaN) - before;
  return {
    [acknowledged]: result.perSecond,
    'median, ms': result.medianMs,
    [p99]: result.p99Ms,
    'µs of processor a webhook': (usedMs * 1000) / result.sent,
  };
}

export async function send(
  { port }: RunningInbox,
  { connections, webhooks, leadMs: ahead = 0 }: Amount & { leadMs?: number },
): Promise<{ perSecond: number; medianMs: number; p99Ms: number; sent: number }> {
  const child = startNode(['bench/inbox-load.ts'], {
    PORT: `${port}`,
    CONNECTIONS: `${connections}`,
    REQUESTS: `${webhooks}`,
    LEAD_MS: `${ahead}`,
    SUMSUB_WEBHOOK_SECRET: secret,
  });
  return JSON.parse(await child.line((line) => line.startsWith('{'))) as Awaited<ReturnType<typeof send>>;
}

/** Every sample begins with an empty table and nothing to write back. */
export async function emptied(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('truncate webhook_inbox cascade');
  await client.query('checkpoint');
  await client.end();
}
