import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { onTestFinished, expect, test } from 'vitest';
import { Journey } from '#cli/journey.ts';
import { accountsSchema } from '#http/contract/accounts.ts';
import { loadConfig } from '#configuration/config.ts';
import { selfSignedCertificate } from '#emulation/certificate.ts';
import { listen, type HttpServer } from '#http/listen.ts';
import { createLog } from '#process/log.ts';
import { startDrop, type DropParts } from '#process/start.ts';
import { emulatorNames, originOf, startEmulators } from '#sandbox/emulators.ts';
import { placeWebBuild } from '#sandbox/web-build.ts';
import { prefixOf } from '#services/open-banking/credentials.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import type { Store } from '#store/database.ts';
import { addRoutingChange } from '#store/routing/changes.ts';
import { testStore } from '../support/database.ts';
import { providersWithSecond, secondProvider } from '../support/second-provider.ts';
import { systemClock } from '#domain/clock.ts';

const providers = providersWithSecond;
const [{ id: firstId }] = openBankingProviders;
const secondId = secondProvider.id;

interface Stage {
  origin: string;
  /** Metrics and the full health. */
  internalOrigin: string;
  store: Store;
  /** Points the clients of all services at their emulators. */
  environment: Record<string, string>;
  /** Starts Drop where the one before it was. */
  start(
    changed: Record<string, string | undefined>,
    log?: DropParts['log'],
  ): Promise<{ close(): Promise<void> }>;
}

/** The server that every start shares: none of them closes it. */
const keptOpen = (server: HttpServer): HttpServer => ({ ...server, close: async () => undefined });

async function serverUntilTheEnd(port = 0): Promise<HttpServer> {
  const server = await listen({ host: '127.0.0.1', port, clock: systemClock });
  onTestFinished(() => server.close());
  return server;
}

/** Every emulator, those of two open banking providers among them, and a database that outlives each start. */
async function stage(): Promise<Stage> {
  await placeWebBuild();
  const store = await testStore();
  let app: HttpServer | undefined = await serverUntilTheEnd();
  const { port } = app;
  const internal = await serverUntilTheEnd();
  const names = emulatorNames(providers);
  const servers = await Promise.all(names.map(async (name) => [name, await serverUntilTheEnd()] as const));
  const appOrigin = originOf(app);
  const emulation = await startEmulators(new Map(servers), { appOrigin, random: () => 0.5, providers });
  const environment = {
    ...emulation.environment,
    DROP_ENVIRONMENT: 'sandbox',
    PORT: `${port}`,
    NATIONAL_ID_HASH_KEY: randomBytes(32).toString('base64'),
  };
  return {
    origin: appOrigin,
    internalOrigin: originOf(internal),
    store,
    environment,
    async start(changed, log = createLog('silent')) {
      const server = app ?? (await serverUntilTheEnd(port));
      app = undefined;
      const config = loadConfig({ ...environment, ...changed }, providers);
      const database = { store, origin: 'external', close: async () => undefined } as const;
      const drop = await startDrop({
        config,
        providers,
        database,
        server,
        internal: keptOpen(internal),
        log,
      }).catch(async (error: unknown) => {
        await server.close();
        throw error;
      });
      let closed: Promise<void> | undefined;
      const close = (): Promise<void> => (closed ??= drop.close('a deploy'));
      onTestFinished(close);
      return { close };
    },
  };
}

/** Signs in, is verified, and links a bank at the provider that is named. */
async function linked(origin: string): Promise<Journey> {
  const journey = new Journey(origin);
  onTestFinished(() => journey.close());
  await journey.checkHealth();
  await journey.signIn();
  await journey.verify();
  await journey.linkBank();
  return journey;
}

async function payToTheEnd(journey: Journey): Promise<void> {
  await journey.readBalance();
  await journey.pay();
  await journey.approve();
  await journey.awaitSettlement();
}

test('what was begun at a provider is served there after another one is named', async () => {
  const { start, origin, store } = await stage();
  const before = await start({ OPENBANKING_PROVIDER: secondId });
  const journey = await linked(origin);
  await before.close();
  await start({ OPENBANKING_PROVIDER: firstId });
  await payToTheEnd(journey);
  await linked(origin);
  const payments = await store.database.selectFrom('transactions').select(['provider', 'status']).execute();
  expect(payments).toEqual([{ provider: secondId, status: 'settled' }]);
  const consents = await store.database
    .selectFrom('bank_connections')
    .select('provider')
    .orderBy('created_at')
    .execute();
  expect(consents.map(({ provider }) => provider)).toEqual([secondId, firstId]);
});

/** Banks that every provider serves, one for each of them. */
const banks = ['DNB', 'SpareBank 1', 'Sbanken (DNB)'];

/** The customer links a bank at each provider, which is named for that, and stays signed in at each place. */
async function linkedAtEach({ start, origin }: Stage): Promise<Journey[]> {
  const journeys: Journey[] = [];
  let drop: { close(): Promise<void> } | undefined;
  for (const [index, { id }] of openBankingProviders.entries()) {
    await drop?.close();
    drop = await start({ OPENBANKING_PROVIDER: id });
    const journey = new Journey(origin);
    onTestFinished(() => journey.close());
    await journey.signIn();
    await journey.verify();
    await journey.linkBank(banks[index]);
    journeys.push(journey);
  }
  return journeys;
}

test('a customer with a bank at each provider sees all balances and pays from each', async () => {
  const all = await stage();
  const journeys = await linkedAtEach(all);
  const [journey] = journeys;
  const cookie = journey?.cookies.map(({ name, value }) => `${name}=${value}`).join('; ') ?? '';
  const answer = await fetch(`${all.origin}/api/accounts`, { headers: { cookie } });
  const { accounts } = accountsSchema.parse(await answer.json());
  expect(new Set(accounts.map(({ bankName }) => bankName))).toEqual(new Set(banks));
  expect(accounts.filter(({ consentStatus, balance }) => consentStatus !== 'active' || !balance)).toEqual([]);
  await Promise.all(journeys.map(payToTheEnd));
  const payments = await all.store.database
    .selectFrom('transactions')
    .select(['provider', 'status'])
    .execute();
  const settled = openBankingProviders.map(({ id }) => ({ provider: id, status: 'settled' }));
  expect(payments).toHaveLength(settled.length);
  expect(payments).toEqual(expect.arrayContaining(settled));
  const health: unknown = await (await fetch(`${all.internalOrigin}/api/health`)).json();
  const components = Object.fromEntries(openBankingProviders.map(({ id }) => [id, 'pass']));
  expect(health).toMatchObject({ components });
});

test('webhooks of each provider have a way in, and the short one is that of the provider that is named', async () => {
  const { start, origin, internalOrigin } = await stage();
  await start({ OPENBANKING_PROVIDER: secondId });
  const statusAt = async (path: string): Promise<number> =>
    (await fetch(`${origin}/api/openbanking/webhook${path}`, { method: 'POST', body: '{}' })).status;
  const statuses = await Promise.all(['', `/${firstId}`, `/${secondId}`, '/third-pay'].map(statusAt));
  expect(statuses).toEqual([401, 401, 401, 404]);
  const metrics = await (await fetch(`${internalOrigin}/metrics`)).text();
  const refused = (provider: string): string | undefined =>
    new RegExp(`webhook_refusals_total.*"${provider}".*"webhook_signature_invalid"} (\\d+)`).exec(
      metrics,
    )?.[1];
  expect([refused(firstId), refused(secondId)]).toEqual(['1', '2']);
});

test('a start that would lose the credentials of kept consents is refused, and names what to set', async () => {
  const { start, origin, environment } = await stage();
  const before = await start({ OPENBANKING_PROVIDER: secondId });
  await linked(origin);
  await before.close();
  const lost = Object.fromEntries(
    Object.keys(environment)
      .filter((name) => name.startsWith('SECOND_PAY_CLIENT'))
      .map((name) => [name, undefined]),
  );
  await expect(start({ OPENBANKING_PROVIDER: firstId, ...lost })).rejects.toMatchObject({
    code: 'configuration_invalid',
    message: expect.stringContaining(
      'second-pay: 1 consent, 0 open payments. Set SECOND_PAY_CLIENT_ID and SECOND_PAY_CLIENT_SECRET.',
    ),
  });
  await start({ OPENBANKING_PROVIDER: firstId });
});

test('a start warns of a certificate that has ended', async () => {
  const { start } = await stage();
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const variable = `${prefixOf(firstId)}_TLS_CERTIFICATE`;
  const now = new Date('2020-01-01T00:00:00Z');
  const certificates = {
    [variable]: selfSignedCertificate({ ...pair, now, commonName: 'drop.example' }),
    [`${prefixOf(firstId)}_TLS_PRIVATE_KEY`]: pair.privateKey
      .export({ type: 'pkcs8', format: 'pem' })
      .toString(),
  };
  const warnings: string[] = [];
  await start(certificates, (level, message) => {
    if (level === 'warn') warnings.push(message);
  });
  expect(warnings).toContainEqual(expect.stringContaining(`${variable} has ended at 2020-12-31`));
});

test('an account whose bank is linked at two providers stays one, and both report its balance', async () => {
  const { start, origin, store } = await stage();
  await start({ OPENBANKING_PROVIDER: firstId });
  const journey = new Journey(origin);
  onTestFinished(() => journey.close());
  await journey.signIn();
  await journey.verify();
  await journey.linkBank('DNB');
  const accounts = () =>
    store.database
      .selectFrom('bank_accounts')
      .select(['id', 'account_number', 'balance'])
      .orderBy('id')
      .execute();
  const before = await accounts();
  const moves = [{ to: openBankingProviders[1].id, whom: 'everyone', sharePercent: 100 } as const];
  const policy = { salt: 's', home: firstId, moves };
  const act = { by: 'test', reason: 'test', at: systemClock.now() };
  const change = { version: 1, kind: 'apply', policy, restores: undefined, ...act } as const;
  await addRoutingChange(store.database, change, 'salt');
  await journey.linkBank('DNB');
  expect(await accounts()).toEqual(before);
  const columns = ['former_provider', 'new_provider', 'outcome'] as const;
  const compared = { former_provider: firstId, new_provider: openBankingProviders[1].id, outcome: 'equal' };
  await expect
    .poll(() => store.database.selectFrom('routing_parity').select(columns).execute())
    .toEqual(before.map(() => compared));
});
