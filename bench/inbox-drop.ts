// Drop's production intake of webhooks, with the verification of Sumsub's. Nothing handles what is stored, as nothing
// does at the peers.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { systemClock } from '../src/domain/clock.ts';
import { systemEntropy } from '../src/domain/entropy.ts';
import { Secret } from '../src/domain/secret.ts';
import { untraced } from '../src/domain/tracing.ts';
import { createWebhookIntake } from '../src/http/webhooks/intake.ts';
import { listen } from '../src/http/listen.ts';
import { createMetrics } from '../src/process/metrics/metrics.ts';
import { createSumsubWebhooks } from '../src/services/sumsub/webhooks.ts';
import { openStore } from '../src/store/database.ts';
import { withRequestDeadline } from '../src/process/wiring.ts';

const clock = systemClock;
const store = openStore(process.env['DATABASE_URL'] ?? '');
const metrics = createMetrics({
  outbounds: () => [],
  droppedCalls: () => 0,
});
const { webhooks } = createSumsubWebhooks({
  webhookSecrets: [new Secret(process.env['SUMSUB_WEBHOOK_SECRET'] ?? '')],
  webhookAlgorithms: ['HMAC_SHA256_HEX'],
  acceptSandboxMode: false,
});
const intake = createWebhookIntake({
  context: { store, clock, entropy: systemEntropy, log: () => undefined, tracing: untraced },
  config: { openBanking: { providerId: 'none' } },
  webhookSources: [webhooks],
  onServerError: () => undefined,
  onWebhookAccepted: () => undefined,
  onWebhookRefused: metrics.countWebhookRefusal,
});
const server = await listen({ host: '127.0.0.1', port: Number(process.env['PORT']), clock: systemClock });
server.handle(() => new Response(null, { status: 404 }), withRequestDeadline(intake, clock));
// What is garbage at that moment is not lost: who measures memory has it collected first.
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
let collections = 0;
process.on('SIGUSR2', () => {
  collect();
  process.stdout.write(`collected ${(collections += 1)}\n`);
});
process.once('SIGINT', () => process.exit(0));
process.stdout.write('listening\n');
