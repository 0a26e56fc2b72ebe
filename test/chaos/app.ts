// A process of Drop's with nothing in it but webhooks: the production intake, inbox, listener and worker. Its one
// source records what it does. Started by `fleet.ts`, and killed.
import { sql } from 'kysely';
import { systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { untraced } from '#domain/tracing.ts';
import { createWebhookIntake } from '#http/webhooks/intake.ts';
import { listen } from '#http/listen.ts';
import type { WebhookSource } from '#inbox/webhook-source.ts';
import { startInboxWorker } from '#inbox/worker.ts';
import { openStore } from '#store/database.ts';
import { listen as listenToDatabase } from '#store/listener.ts';
import { workerPorts } from '#store/inbox/ports.ts';
import { leaseMs, provider, type Event } from './event.ts';

const store = openStore(process.env['DATABASE_URL'] ?? '');
const { database } = store;

const source: WebhookSource = {
  provider,
  async verify({ rawBody }) {
    const { key, subject } = JSON.parse(Buffer.from(rawBody).toString()) as Event;
    return { kind: 'accepted', deduplicationKey: key, subject, eventType: 'changed' };
  },
  /** The effect counts up its subject. It is idempotent by the webhook's id, as effects of production are. */
  async handle({ id, subject }) {
    await sql`insert into chaos_handlings (webhook_id) values (${id}::bigint)`.execute(database);
    await database.transaction().execute(async (transaction) => {
      const { numAffectedRows } = await sql`
        insert into chaos_effects (webhook_id, subject) values (${id}::bigint, ${subject}) on conflict do nothing
      `.execute(transaction);
      if (numAffectedRows === 0n) return;
      await sql`
        insert into chaos_totals values (${subject}, 1)
        on conflict (subject) do update set total = chaos_totals.total + 1
      `.execute(transaction);
    });
  },
};

const intake = createWebhookIntake({
  context: { store, clock: systemClock, entropy: systemEntropy, tracing: untraced, log: () => undefined },
  config: { openBanking: { providerId: provider } },
  webhookSources: [source],
  onServerError: () => undefined,
  onWebhookAccepted: () => undefined,
  onWebhookRefused: () => undefined,
});
const ignore = (): void => undefined;
const sources = [source];
const worker = startInboxWorker({
  ...workerPorts(database),
  clock: systemClock,
  sources,
  leaseMs,
  onError: ignore,
  onDead: async () => undefined,
  random: () => 0,
});
const { wake } = worker;
const edge = { clock: systemClock, entropy: systemEntropy };
const silent = { onChange: ignore, onBreaker: ignore, onOutbox: ignore, onDropped: ignore };
listenToDatabase(store, edge, { ...silent, onWebhook: wake, onConnected: wake });
const server = await listen({ host: '127.0.0.1', port: 0, clock: systemClock });
server.handle(() => new Response(null, { status: 404 }), intake);
process.stdout.write(`${server.port}\n`);
