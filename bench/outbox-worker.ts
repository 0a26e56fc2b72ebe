// A process that sends mails, with the production worker. The mail server is left out: it accepts at once.
import { systemClock } from '../src/domain/clock.ts';
import { systemEntropy } from '../src/domain/entropy.ts';
import { openStore } from '../src/store/database.ts';
import type { UseCaseContext } from '../src/usecases/context.ts';
import { startMailWorker } from '../src/usecases/notify/mail-worker.ts';

const email = {
  servers: ['primary'] as const,
  send: async () => ({ kind: 'accepted' }) as const,
  onBounce: () => undefined,
};
const context = {
  store: openStore(process.env['DATABASE_URL'] ?? ''),
  clock: systemClock,
  entropy: systemEntropy,
  services: { email },
  log: (_level: string, message: string) => process.stderr.write(`${message}\n`),
  baseUrl: 'https://getdrop.no',
} as unknown as UseCaseContext;

const worker = startMailWorker(context, { perSecondMax: 1_000_000 });
// The worker's own timers do not keep the process alive.
setInterval(() => undefined, 60_000);
process.once('SIGINT', () => void worker.stop().then(() => process.exit(0)));
process.stdout.write('working\n');
