// Counts errors as a process of Drop does, at each SIGUSR2 as many as ERRORS says within a second, and delivers alerts
// to standard output in the place of Slack.
import { systemClock } from '../src/domain/clock.ts';
import { systemEntropy } from '../src/domain/entropy.ts';
import type { Alerts } from '../src/services/slack/service.ts';
import { openStore } from '../src/store/database.ts';
import { listen } from '../src/store/listener.ts';
import { startAlertWorker } from '../src/usecases/alerts/alert-worker.ts';
import { startErrorSpike } from '../src/usecases/alerts/error-spike.ts';

const ignore = (): void => undefined;
const store = openStore(process.env['DATABASE_URL'] ?? '');
const alerts: Alerts = {
  sendAlert: async () => undefined,
  async attempt({ alert }) {
    process.stdout.write(`alert ${alert.title}\n`);
    return { kind: 'delivered' };
  },
};
const context = { store, clock: systemClock, entropy: systemEntropy, log: ignore, services: { alerts } };
const own = { holder: systemEntropy.uuid(), environment: 'production', mail: undefined, onResult: ignore };
const worker = startAlertWorker({ ...context, ...own });
const spike = startErrorSpike(context);
listen(store, context, {
  onChange: ignore,
  onWebhook: ignore,
  onBreaker: ignore,
  onDropped: ignore,
  onOutbox: worker.wake,
  onConnected: () => process.stdout.write('ready\n'),
});

const ticks = 100;
const tickMs = 10;
const errors = Number(process.env['ERRORS']);
process.on('SIGUSR2', () => {
  let recorded = 0;
  for (let tick = 1; tick <= ticks; tick += 1)
    systemClock.schedule((tick - 1) * tickMs, () => {
      for (; recorded < (errors * tick) / ticks; recorded += 1)
        spike.record({ code: 'bank_unavailable', provider: 'bench', userId: systemEntropy.uuid() });
    });
});
process.once('SIGINT', () => process.exit(0));
