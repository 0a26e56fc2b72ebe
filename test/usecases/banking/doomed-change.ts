// A process that is killed in the middle of a change of secrets. Started by `secret-holders.test.ts`.
import { ManualClock } from '#domain/clock.ts';
import { createSealer } from '#domain/sealer.ts';
import { Secret } from '#domain/secret.ts';
import { openStore } from '#store/database.ts';
import { secretStateOf } from '#usecases/banking/secret-state.ts';

const context = {
  store: openStore(process.env['DATABASE_URL'] ?? ''),
  clock: new ManualClock(new Date(process.env['NOW'] ?? '')),
  sealer: createSealer({
    current: { id: 'demo', key: new Secret(process.env['KEY'] ?? '') },
    formerKeys: [],
    newNonce: () => Buffer.alloc(12, process.pid),
  }),
  log: () => undefined,
};

await secretStateOf(context, { kind: 'consent', id: process.env['CONSENT'] ?? '' }).change(async (latest) => {
  process.stdout.write(JSON.stringify(latest));
  process.kill(process.pid, 'SIGKILL');
  return { refreshToken: 'never kept' };
});
