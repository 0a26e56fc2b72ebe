import { expect, onTestFinished, test } from 'vitest';
import { loadConfig, type Config } from '#configuration/config.ts';
import { systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { assert } from '#domain/errors.ts';
import type { Faults } from '#emulation/faults.ts';
import { createObservability } from '#process/observability.ts';
import { emulatorNames, startEmulators } from '#sandbox/emulators.ts';
import { initializeServices } from '#services/index.ts';
import { mailTo } from '../conformance/email-stack.ts';
import { testStore } from '../support/database.ts';
import { listenOnLoopback } from '../support/loopback.ts';
import { dumpOf } from './canary/dump.ts';

const local = 'ragnhild.canary';
const mail = mailTo(`${local}@example.com`, { subject: 'canary subject', text: 'canary text 4711,00 kr' });

/** Emulators of all services on loopback, and a configuration that leads to them. */
async function emulated(): Promise<{ faults: Faults; config: Config; password: string }> {
  const servers = await Promise.all(
    emulatorNames().map(async (name) => [name, await listenOnLoopback(0)] as const),
  );
  const appOrigin = 'http://localhost:1';
  const { environment, emulators, close } = await startEmulators(new Map(servers), {
    appOrigin,
    random: () => 0,
  });
  onTestFinished(async () => {
    await close();
    await Promise.all(servers.map(([, server]) => server.close()));
  });
  const SMTP_BACKUP_URL = environment['SMTP_BACKUP_URL']?.replace(/:demo-\w+@/, ':demo-another@') ?? '';
  const own = { DROP_ENVIRONMENT: 'sandbox', NATIONAL_ID_HASH_PLAIN: 'true', SMTP_BACKUP_URL };
  const faults = emulators.find(({ emulator }) => emulator.name === 'email')?.faults;
  assert(faults, 'there is an emulator of mail');
  const { password } = new URL(environment['SMTP_URL'] ?? '');
  return { faults, config: loadConfig({ ...environment, ...own }), password };
}

test('no address, no content and no password of mail is logged, measured, recorded or reported', async () => {
  const { faults, config, password } = await emulated();
  const store = await testStore();
  const logged: unknown[] = [];
  const log = (...parts: unknown[]): unknown => logged.push(parts);
  const parts = { config, store, clock: systemClock, entropy: systemEntropy, log };
  const observability = await createObservability(parts);
  const services = await initializeServices({ config, ...observability.hooks });
  onTestFinished(() => services.close(0));
  const { email } = services;

  const verdicts = [await email.send(mail, 'primary')];
  for (const [operation, code] of [
    ['rcpt', '5.1.1'],
    ['data', '5.7.26'],
    ['rcpt', '4.2.2'],
  ]) {
    faults.add({ operation: `primary.${operation}`, effect: 'status', code, times: 1 });
    verdicts.push(await email.send(mail, 'primary'));
  }
  verdicts.push(await email.send(mail, 'backup'));
  expect(verdicts.map(({ kind }) => kind)).toEqual(['accepted', 'never', 'never', 'later', 'unusable']);
  expect(services.breakers()).toMatchObject({ email: 'closed', 'email-backup': 'open' });
  await observability.close();

  const metrics = await observability.metrics.text();
  const database = [...(await dumpOf(store))].map(([place, held]) => `${place} ${held}`).join('\n');
  expect(metrics).toContain('email.send');
  expect(database).toContain('email.send');
  const inAuth = Buffer.from(`\0demo-primary\0${password}`).toString('base64');
  const canaries = [local, 'canary', '4711', password, Buffer.from(password).toString('base64'), inAuth];
  for (const [place, held] of Object.entries({ metrics, database, logged, verdicts, config, services }))
    for (const canary of canaries)
      expect(typeof held === 'string' ? held : JSON.stringify(held), `${canary} in ${place}`).not.toContain(
        canary,
      );
});
