// Drop's whole HTTP side with the production verification of Sumsub's webhooks. Nothing handles what is stored, as
// nothing does at the peers.
import { loadConfig } from '../src/config.ts';
import { systemClock } from '../src/domain/clock.ts';
import { Secret } from '../src/domain/secret.ts';
import { untraced } from '../src/domain/tracing.ts';
import { createApp } from '../src/http/app.ts';
import { createChangeFeed } from '../src/http/change-feed.ts';
import { createWebShell } from '../src/http/web-shell.ts';
import { listen } from '../src/inbound/listen.ts';
import { createMetrics } from '../src/metrics.ts';
import { initializeServices } from '../src/services/index.ts';
import { createSumsubWebhooks } from '../src/services/sumsub/webhooks.ts';
import { openStore } from '../src/store/database.ts';
import { migrate } from '../src/store/migrate.ts';
import { createContext, inTime } from '../src/wiring.ts';

const clock = systemClock;
const config = loadConfig({ NEXT_PUBLIC_SERVICE_MODE: 'mock', DROP_ENVIRONMENT: 'sandbox' });
const store = openStore(process.env['DATABASE_URL'] ?? '');
await migrate(store.pool);
const services = await initializeServices({ config, clock });
const metrics = createMetrics({ outbounds: () => [], droppedCalls: () => 0 });
const { webhooks } = createSumsubWebhooks({
  webhookSecrets: [new Secret(process.env['SUMSUB_WEBHOOK_SECRET'] ?? '')],
  webhookAlgorithms: ['HMAC_SHA256_HEX'],
  acceptSandboxMode: false,
});
const app = createApp({
  context: createContext({ config, services, store, clock, log: () => undefined, tracing: untraced }),
  config,
  changeFeed: createChangeFeed(),
  webhookSources: [webhooks],
  health: async () => ({ status: 'ok', version: '0', components: {} }),
  webShell: createWebShell('web/dist'),
  metrics: metrics.text,
  onServerError: () => undefined,
  onWebhookRefused: metrics.countWebhookRefusal,
});
const server = await listen({ host: '127.0.0.1', port: Number(process.env['PORT']) });
server.handle(inTime(app.fetch, clock));
process.once('SIGINT', () => process.exit(0));
process.stdout.write('listening\n');
