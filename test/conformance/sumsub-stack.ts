import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { Hono } from 'hono';
import { Agent, request } from 'undici';
import { ManualClock, systemClock, type Clock } from '#domain/clock.ts';
import { Secret } from '#domain/secret.ts';
import type { Emulator, EmulatorContext, EmulatorEnvironment } from '#emulation/emulator.ts';
import { Faults } from '#emulation/faults.ts';
import type { WebhookVerdict } from '#inbox/webhook-source.ts';
import type { OutboundAttempt } from '#outbound/attempt.ts';
import type { Outbound } from '#outbound/outbound.ts';
import { createOutbound } from '#services/guarded-call.ts';
import { createSumsubClient, type SumsubOptions } from '#services/sumsub/client.ts';
import { createSumsubEmulator } from '#services/sumsub/emulator/emulator.ts';
import type { Sumsub } from '#services/sumsub/service.ts';
import { listenOnLoopback } from '../support/loopback.ts';

/** Pauses of the way out take no time: what is tested is that it repeats, not how long it waits. */
const impatientClock: Clock = {
  ...systemClock,
  now: () => new Date('2026-02-23T14:30:00Z'),
  schedule(delayMs, task, options) {
    if (options?.keepsAlive === true) return systemClock.schedule(delayMs, task, options);
    queueMicrotask(task);
    return { cancel: () => undefined };
  },
};

/** What a test may look at afterwards. */
interface Observed {
  attempts: OutboundAttempt[];
  /** What the client logged. */
  logged: { message: string; details: Record<string, unknown> }[];
  verdicts: WebhookVerdict[];
}

export interface SumsubStack extends Observed {
  /** Time of the emulator and of the client. */
  clock: ManualClock;
  faults: Faults;
  emulator: Emulator;
  origin: string;
  client: Sumsub;
  outbound: Outbound;
  clientOptions: SumsubOptions;
  /** Makes the control plane act. */
  act(action: string, parameters?: Record<string, unknown>): Promise<unknown>;
  /** Resolves once every webhook that was sent has been answered. */
  settled(): Promise<void>;
  /** Whatever the receiver of webhooks answers instead of judging them, e.g. 500. */
  answerWebhooksWith(status: number | undefined): void;
  /** The next `count` webhooks get no answer that takes them. */
  loseWebhooks(count: number): void;
  close: () => Promise<void>;
}

const credentials = {
  appToken: 'sbx:demo-app-token',
  secretKey: 'demo-secret-key',
  webhookSecret: 'demo-webhook-secret',
  levelName: 'basic-kyc-level',
};

/** The emulator, a receiver of its webhooks that judges and handles them at once, and the production client. */
export async function startSumsubStack(clock = new ManualClock()): Promise<SumsubStack> {
  const server = await listenOnLoopback(0);
  const receiver = await listenOnLoopback(0);
  const dispatcher = new Agent();
  const faults = new Faults(impatientClock, () => 0);
  const { deliver, settled } = createDelivery(dispatcher);
  const emulator = createSumsubEmulator(
    { clock, origin: server.origin, faults, random: () => 0, deliver },
    { ...credentials, webhookUrl: `${receiver.origin}/api/kyc/webhook` },
  );
  server.handle((incoming, bindings) => emulator.routes.fetch(incoming, bindings));

  const { attempts, logged, verdicts }: Observed = { attempts: [], logged: [], verdicts: [] };
  const outbound = createOutbound({
    provider: 'sumsub',
    origins: [server.origin],
    clock: impatientClock,
    dispatcher,
    onAttempt: (attempt) => attempts.push(attempt),
    random: () => 0,
  });
  const clientOptions = optionsOf(server.origin);
  const log = (message: string, details: Record<string, unknown>): unknown =>
    logged.push({ message, details });
  const client = createSumsubClient(clientOptions, { clock, outbound, log });
  client.onWebhook(async () => undefined);

  let fixedAnswer: number | undefined;
  let toLose = 0;
  const receive = receiverOf(client, verdicts);
  receiver.handle((incoming, bindings) => {
    const isLost = toLose > 0;
    if (isLost) toLose -= 1;
    const status = isLost ? 503 : fixedAnswer;
    return status === undefined ? receive.fetch(incoming, bindings) : new Response(null, { status });
  });

  return {
    clock,
    faults,
    emulator,
    client,
    outbound,
    clientOptions,
    settled,
    attempts,
    logged,
    verdicts,
    origin: server.origin,
    act: async (action, parameters = {}) => emulator.actions?.[action]?.(parameters),
    answerWebhooksWith(status) {
      fixedAnswer = status;
    },
    loseWebhooks(count) {
      toLose = count;
    },
    async close() {
      await settled();
      await dispatcher.close();
      await receiver.close();
      await server.close();
    },
  };
}

function optionsOf(apiUrl: string): SumsubOptions {
  return {
    apiUrl,
    appToken: new Secret(credentials.appToken),
    secretKey: new Secret(credentials.secretKey),
    webhookSecrets: [new Secret(credentials.webhookSecret)],
    webhookAlgorithms: ['HMAC_SHA256_HEX', 'HMAC_SHA512_HEX'],
    levelName: credentials.levelName,
    acceptSandboxMode: true,
  };
}

/** Sends webhooks over HTTP, and knows which are still under way. */
function createDelivery(dispatcher: Agent): Pick<EmulatorContext, 'deliver'> & Pick<SumsubStack, 'settled'> {
  const inFlight = new Set<Promise<unknown>>();
  const post: EmulatorContext['deliver'] = async ({ url, headers, body }) => {
    const answer = await request(url, { method: 'POST', headers, body, dispatcher });
    await answer.body.dump();
    return answer.statusCode;
  };
  return {
    deliver(webhook) {
      const delivery = post(webhook);
      inFlight.add(delivery);
      return delivery.finally(() => inFlight.delete(delivery));
    },
    async settled() {
      while (inFlight.size > 0) await Promise.all(inFlight);
      await setImmediate();
    },
  };
}

/** What Drop's inbox does, without keeping anything: judge the raw bytes, handle, answer. */
function receiverOf(client: Sumsub, verdicts: WebhookVerdict[]): Hono<EmulatorEnvironment> {
  const receiver = new Hono<EmulatorEnvironment>();
  receiver.onError((_error, c) => c.body(null, 500));
  receiver.post('/api/kyc/webhook', async (c) => {
    const rawBody = new Uint8Array(await c.req.arrayBuffer());
    const { method, path } = c.req;
    const delivery = { method, path, rawBody, headers: c.req.raw.headers };
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
