import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { Hono } from 'hono';
import { Agent, request } from 'undici';
import { ManualClock, type Clock } from '#domain/clock.ts';
import { Secret } from '#domain/secret.ts';
import type { Emulator, EmulatorEnvironment } from '#emulation/emulator.ts';
import { Faults } from '#emulation/faults.ts';
import { listenOnLoopback } from '#emulation/server.ts';
import type { WebhookVerdict } from '#inbound/webhook-source.ts';
import { createOutbound, type Outbound, type OutboundAttempt } from '#outbound/outbound.ts';
import { createSumsubClient, type SumsubOptions } from '#services/sumsub/client.ts';
import { createSumsubEmulator } from '#services/sumsub/emulator/index.ts';
import type { Sumsub } from '#services/sumsub/service.ts';

/** Delays of the way out take no time: what is tested is that it repeats, not how long it waits. */
const impatientClock: Clock = {
  now: () => new Date('2026-02-23T14:30:00Z'),
  schedule(_delayMs, task) {
    queueMicrotask(task);
    return { cancel: () => undefined };
  },
};

export interface SumsubStack {
  /** Time of the emulator and of the client. */
  clock: ManualClock;
  faults: Faults;
  emulator: Emulator;
  origin: string;
  client: Sumsub;
  outbound: Outbound;
  attempts: OutboundAttempt[];
  /** What the client logged. */
  logged: { message: string; details: Record<string, unknown> }[];
  verdicts: WebhookVerdict[];
  clientOptions: SumsubOptions;
  /** Makes the control plane act. */
  act(action: string, parameters?: Record<string, unknown>): Promise<unknown>;
  /** Resolves once every webhook that was sent has been answered. */
  settled(): Promise<void>;
  /** Whatever the receiver of webhooks answers instead of judging them, e.g. 500. */
  answerWebhooksWith(status: number | undefined): void;
  close: () => Promise<void>;
}

/** The emulator, a receiver of its webhooks that judges and handles them at once, and the production client. */
export async function startSumsubStack(options: { clientClock?: Clock } = {}): Promise<SumsubStack> {
  const clock = new ManualClock();
  const server = await listenOnLoopback(0);
  const receiver = await listenOnLoopback(0);
  const dispatcher = new Agent();
  const faults = new Faults(impatientClock, () => 0);
  const inFlight = new Set<Promise<unknown>>();
  const attempts: OutboundAttempt[] = [];
  const logged: SumsubStack['logged'] = [];
  const verdicts: WebhookVerdict[] = [];
  let fixedAnswer: number | undefined;

  const credentials = {
    appToken: 'sbx:demo-app-token',
    secretKey: 'demo-secret-key',
    webhookSecret: 'demo-webhook-secret',
    levelName: 'basic-kyc-level',
  };
  const deliver = async (webhook: { url: string; headers: Record<string, string>; body: string }) => {
    const { url, headers, body } = webhook;
    const { statusCode, body: answer } = await request(url, { method: 'POST', headers, body, dispatcher });
    await answer.dump();
    return statusCode;
  };
  const emulator = createSumsubEmulator(
    {
      clock,
      origin: server.origin,
      faults,
      random: () => 0,
      deliver(webhook) {
        const delivery = deliver(webhook);
        inFlight.add(delivery);
        return delivery.finally(() => inFlight.delete(delivery));
      },
    },
    { ...credentials, webhookUrl: `${receiver.origin}/api/kyc/webhook` },
  );
  server.handle((incoming, bindings) => emulator.routes.fetch(incoming, bindings));

  const outbound = createOutbound({
    provider: 'sumsub',
    origins: [server.origin],
    clock: impatientClock,
    dispatcher,
    onAttempt: (attempt) => attempts.push(attempt),
    random: () => 0,
  });
  const clientOptions: SumsubOptions = {
    apiUrl: server.origin,
    appToken: new Secret(credentials.appToken),
    secretKey: new Secret(credentials.secretKey),
    webhookSecrets: [new Secret(credentials.webhookSecret)],
    webhookAlgorithms: ['HMAC_SHA256_HEX', 'HMAC_SHA512_HEX'],
    levelName: credentials.levelName,
    acceptSandboxMode: true,
  };
  const client = createSumsubClient(clientOptions, {
    clock: options.clientClock ?? clock,
    outbound,
    log: (message, details) => logged.push({ message, details }),
  });
  client.onWebhook(async () => undefined);
  const receive = receiverOf(client, verdicts);
  receiver.handle((incoming, bindings) =>
    fixedAnswer === undefined
      ? receive.fetch(incoming, bindings)
      : new Response(null, { status: fixedAnswer }),
  );

  return {
    clock,
    faults,
    emulator,
    origin: server.origin,
    client,
    outbound,
    attempts,
    logged,
    verdicts,
    clientOptions,
    act: async (action, parameters = {}) => emulator.actions?.[action]?.(parameters),
    async settled() {
      while (inFlight.size > 0) await Promise.all(inFlight);
      await setImmediate();
    },
    answerWebhooksWith(status) {
      fixedAnswer = status;
    },
    async close() {
      await dispatcher.close();
      await receiver.close();
      await server.close();
    },
  };
}

/** What Drop's inbox does, without keeping anything: judge the raw bytes, handle, answer. */
function receiverOf(client: Sumsub, verdicts: WebhookVerdict[]): Hono<EmulatorEnvironment> {
  const receiver = new Hono<EmulatorEnvironment>();
  receiver.post('/api/kyc/webhook', async (c) => {
    const rawBody = new Uint8Array(await c.req.arrayBuffer());
    const delivery = { rawBody, headers: c.req.raw.headers, query: new URLSearchParams() };
    const verdict = await client.webhooks?.verify(delivery);
    if (!verdict) return c.body(null, 404);
    verdicts.push(verdict);
    if (verdict.kind !== 'accepted') return c.body(null, verdict.kind === 'malformed' ? 400 : 401);
    const { eventType, subject } = verdict;
    await client.webhooks?.handle({ id: randomBytes(8).toString('hex'), eventType, subject, rawBody });
    return c.body(null, 204);
  });
  return receiver;
}
