import { onTestFinished } from 'vitest';
import { loadConfig } from '#configuration/config.ts';
import { systemClock } from '#domain/clock.ts';
import { Secret } from '#domain/secret.ts';
import { createApp } from '#http/app.ts';
import { createChangeFeed } from '#http/change-feed.ts';
import { createWebShell } from '#http/web-shell.ts';
import { createWebhookIntake } from '#http/webhooks/intake.ts';
import { listen } from '#http/listen.ts';
import { createMetrics } from '#process/metrics/metrics.ts';
import type { WebhookSource } from '#inbox/webhook-source.ts';
import { openStore } from '#store/database.ts';
import { testContext } from '../support/context.ts';
import { deliveryOf, webhooksWith } from '../security/sumsub/deliveries.ts';
import { inboxRows, type InboxRow } from './inbox.ts';

export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** Node's listener with its fast path, or the app alone as any framework mounts it. */
export const waysIn = ['the Node listener', 'the app alone'] as const;
export type WayIn = (typeof waysIn)[number];

export interface HttpStand {
  /** Where Sumsub's webhooks are delivered. */
  url: string;
  fetch(request: Request): Promise<Response>;
  send(signed: { rawBody: Uint8Array; headers: Headers }): Promise<Answer>;
  rows(): Promise<InboxRow[]>;
  /** The providers of the webhooks that were accepted so far. */
  accepted: string[];
  /** How many webhooks of Sumsub were refused for `reason`, as the metrics tell. */
  refused(reason: string): Promise<number>;
}

export interface HttpStandOptions {
  /** The secrets of Sumsub's webhooks. */
  secrets?: string[];
  databaseUrl?: string;
  /** Beside Sumsub's. */
  sources?: WebhookSource[];
}

/** Drop's whole HTTP side, with the production verification of Sumsub's webhooks. */
export async function httpStand(wayIn: WayIn, options: HttpStandOptions = {}): Promise<HttpStand> {
  const context = await testContext();
  const { database } = context.store;
  const store = options.databaseUrl === undefined ? context.store : openStore(options.databaseUrl);
  const metrics = createMetrics({
    outbounds: () => [],
    droppedCalls: () => 0,
  });
  const accepted: string[] = [];
  const secrets = options.secrets?.map((secret) => new Secret(secret));
  const { webhooks } = webhooksWith(secrets && { webhookSecrets: secrets });
  const http = {
    context: { ...context, store, clock: systemClock },
    config: loadConfig({ NEXT_PUBLIC_SERVICE_MODE: 'mock', DROP_ENVIRONMENT: 'sandbox' }),
    changeFeed: createChangeFeed(),
    webhookSources: [webhooks, ...(options.sources ?? [])],
    health: async () => ({ status: 'ok', ready: true, version: '0', components: {}, lastDone: {} }) as const,
    webShell: createWebShell('web/dist'),
    onServerError: () => undefined,
    onWebhookAccepted: (provider: string) => void accepted.push(provider),
    onWebhookRefused: metrics.countWebhookRefusal,
  };
  const { origin, fetch: answer } = wayIn === 'the app alone' ? appAlone(http) : await nodeListener(http);
  const url = `${origin}/api/kyc/webhook`;
  return {
    url,
    accepted,
    fetch: answer,
    rows: () => inboxRows(database),
    async send({ rawBody, headers }) {
      const body = Buffer.from(rawBody);
      const response = await answer(new Request(url, { method: 'POST', headers, body }));
      return { status: response.status, headers: response.headers, body: await response.json() };
    },
    async refused(reason) {
      const line = `drop_webhook_refusals_total{provider="sumsub",reason="${reason}"} `;
      const found = (await metrics.text()).split('\n').find((text) => text.startsWith(line));
      return Number(found?.slice(line.length) ?? 0);
    },
  };
}

type Http = Parameters<typeof createApp>[0];
interface Served {
  origin: string;
  fetch(request: Request): Promise<Response>;
}

function appAlone(http: Http): Served {
  const app = createApp(http);
  return { origin: 'https://getdrop.example', fetch: async (request) => app.fetch(request) };
}

async function nodeListener(http: Http): Promise<Served> {
  const server = await listen({ host: '127.0.0.1', port: 0, clock: systemClock });
  server.handle(createApp(http).fetch, createWebhookIntake(http));
  onTestFinished(() => server.close());
  return { origin: `http://127.0.0.1:${server.port}`, fetch };
}

export const signed = (event: unknown): ReturnType<typeof deliveryOf> => deliveryOf(JSON.stringify(event));
