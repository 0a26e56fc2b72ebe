import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { createNationalIdentityHasher } from '#domain/identity/national-identity-hash.ts';
import { createSealer } from '#domain/sealer.ts';
import { Secret } from '#domain/secret.ts';
import { untraced } from '#domain/tracing.ts';
import { createProductionQueue } from '#jobs/production.ts';
import { initializeServices } from '#services/index.ts';
import { createSumsubMock } from '#services/sumsub/mock.ts';
import type { Store } from '#store/database.ts';
import { flagSettings } from '#store/flags.ts';
import { insertUser, setKycStatus, type User } from '#store/users.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import { auditPartsOf } from '#usecases/audit/context.ts';
import { createFlags } from '#usecases/flags/flags.ts';
import { auditSettingsOf } from '#configuration/audit.ts';
import { encryptionKeysOf } from '#configuration/encryption-keys.ts';
import { loadConfig } from '#configuration/config.ts';
import { randomBytes } from 'node:crypto';
import { connectWebhooks } from '#process/wiring.ts';
import { testStore } from './database.ts';

export interface TestContext extends UseCaseContext {
  clock: ManualClock;
  logged: { level: string; message: string; details: unknown }[];
  /** What the provider calls the first of its banks. */
  bankId: string;
}

/** Use cases on a real database, the mocks of the services, and a clock that is moved by hand. */
export async function testContext(clock: ManualClock = new ManualClock()): Promise<TestContext> {
  return contextOn(await testStore(), { clock, onEnd: onTestFinished });
}

/** The same on a given database; `onEnd` takes what is to be closed at the end. */
export async function contextOn(
  store: Store,
  { clock, onEnd }: { clock: ManualClock; onEnd: (close: () => Promise<void>) => void },
): Promise<TestContext> {
  const config = loadConfig({ NEXT_PUBLIC_SERVICE_MODE: 'mock', DROP_ENVIRONMENT: 'sandbox' });
  const services = await initializeServices({ config, clock, random: () => 0.5 });
  // By itself the mock refuses one customer in ten, by their id, which is drawn anew in every run.
  services.sumsub = createSumsubMock({ clock, seed: 1, chooseOutcome: () => 'approved' });
  const logged: TestContext['logged'] = [];
  const log: TestContext['log'] = (level, message, details) => logged.push({ level, message, details });
  const queue = createProductionQueue({ url: store.url, log });
  onEnd(() => queue.close(0));
  const [bank] = (await services.openBanking.forNewConsent({ customerId: '' }).ais?.listBanks()) ?? [];
  const context: TestContext = {
    bankId: bank?.id ?? '',
    store,
    services,
    clock,
    entropy: systemEntropy,
    enqueue: queue.enqueue,
    logged,
    tracing: untraced,
    log,
    nationalIdentityHasher: createNationalIdentityHasher({
      keys: [{ id: '1', key: new Secret('k'.repeat(32)) }],
      plain: false,
    }),
    sealer: createSealer({ ...encryptionKeysOf(config), newNonce: () => randomBytes(12) }),
    flags: createFlags({
      domain: randomUUID(),
      clock,
      isProduction: false,
      configured: [],
      read: () => flagSettings(store.database),
      onFault: (flag, fault) => log('warn', 'a feature flag could not be read and is off', { flag, fault }),
    }),
    bankIdCallbackUrl: config.bankIdCallbackUrl,
    bankIdCallbackUrlMobile: config.bankIdCallbackUrlMobile,
    bankCallbackUrlAt: () => `${config.baseUrl}/api/openbanking/callback`,
    redirectPolicy: { ownOrigins: [new URL(config.baseUrl).origin], allowsPlainLoopback: true },
    baseUrl: config.baseUrl,
    kycLevelName: config.SUMSUB_LEVEL_NAME,
    runbookUrl: undefined,
    certificates: [],
    audit: auditPartsOf(auditSettingsOf(config)),
  };
  connectWebhooks(context);
  return context;
}

/** A customer who is signed in and, unless said otherwise, verified. */
export async function customer(
  context: TestContext,
  kycStatus: User['kycStatus'] = 'approved',
): Promise<User> {
  const id = randomUUID();
  const at = context.clock.now();
  const person = {
    id,
    nationalIdHash: id,
    nationalIdHashKeyId: '1',
    issuer: 'test',
    subject: id,
    name: 'Kari Test',
    at,
  };
  const user = await insertUser(context.store.database, person);
  if (!user) throw new RangeError('a random id makes a new customer');
  await setKycStatus(context.store.database, user.id, kycStatus);
  return { ...user, kycStatus };
}
