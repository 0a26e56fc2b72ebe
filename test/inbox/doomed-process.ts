// A process with the production worker, whose one source kills it in the middle of handling, as the system does when
// memory runs out. Started by `killed-process.test.ts`.
import { ManualClock } from '#domain/clock.ts';
import { startInboxWorker, type InboxWorker } from '#inbox/worker.ts';
import { openStore } from '#store/database.ts';
import { workerPorts } from '#store/inbox/ports.ts';
import { sourceOf } from './inbox.ts';

const store = openStore(process.env['DATABASE_URL'] ?? '');
const clock = new ManualClock(new Date(process.env['NOW'] ?? ''));
const hour = 3_600_000;

const worker: InboxWorker = startInboxWorker({
  ...workerPorts(store.database),
  clock,
  random: () => 0,
  sources: [sourceOf({ handle: async () => void process.kill(process.pid, 'SIGKILL') })],
  // What was lost is due again later.
  onError: (_message, { isLast }) => isLast !== true && clock.advance(hour),
  async onDead(webhook) {
    process.stdout.write(JSON.stringify(webhook));
    void worker.stop().then(() => store.close());
  },
});
clock.advance(0);
