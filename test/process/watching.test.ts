import { randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '#configuration/config.ts';
import { systemClock } from '#domain/clock.ts';
import { listen } from '#http/listen.ts';
import { createLog } from '#process/log.ts';
import { startDrop } from '#process/start.ts';
import { emulatorNames, originOf, startEmulators } from '#sandbox/emulators.ts';
import { placeWebBuild } from '#sandbox/web-build.ts';
import { testStore } from '../support/database.ts';

async function server() {
  const opened = await listen({ host: '127.0.0.1', port: 0, clock: systemClock });
  onTestFinished(() => opened.close());
  return opened;
}

/** A process of Drop among its emulators, but for BankID, at whose address nothing answers. */
async function processWithoutBankId() {
  await placeWebBuild();
  const store = await testStore();
  const [app, internal] = [await server(), await server()];
  const servers = await Promise.all(emulatorNames().map(async (name) => [name, await server()] as const));
  const emulation = await startEmulators(new Map(servers), { appOrigin: originOf(app), random: () => 0.5 });
  const config = loadConfig({
    ...emulation.environment,
    DROP_ENVIRONMENT: 'sandbox',
    BANKID_ISSUER: 'http://127.0.0.1:1',
    PORT: `${app.port}`,
    NATIONAL_ID_HASH_KEY: randomBytes(32).toString('base64'),
  });
  const database = { store, origin: 'external', close: async () => undefined } as const;
  const drop = await startDrop({ config, log: createLog('silent'), database, server: app, internal });
  onTestFinished(() => drop.close('the test is over'));
  const read = async (path: string) => (await fetch(`${originOf(internal)}${path}`)).text();
  return { store, origin: originOf(app), read };
}

const soon = { interval: 250 };

test('a process alerts its own open breakers, counts refused webhooks, and shows what it watches', async () => {
  const { store, origin, read } = await processWithoutBankId();
  for (let sent = 0; sent < 3; sent += 1)
    await fetch(`${origin}/api/kyc/webhook`, { method: 'POST', body: '{}' });

  const open = () => store.database.selectFrom('open_alerts').select(['key', 'subject']).execute();
  const signIn = () => fetch(`${origin}/api/auth/bankid`, { redirect: 'manual' });
  await expect
    .poll(() => signIn().then(open), soon)
    .toEqual([{ key: 'provider_not_called', subject: 'bankid-documents' }]);

  const tallies = () =>
    store.database.selectFrom('webhook_tallies').select(['provider', 'refused']).execute();
  await expect.poll(tallies, soon).toEqual([{ provider: 'sumsub', refused: 3 }]);
  expect(JSON.parse(await read('/api/health'))).toMatchObject({
    status: 'ok',
    components: { scheduled_work: 'pass', webhook_inbox: 'pass', outbox: 'pass', 'bankid-documents': 'fail' },
  });
});
