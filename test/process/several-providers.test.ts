import { generateKeyPairSync } from 'node:crypto';
import { onTestFinished, expect, test } from 'vitest';
import { Journey } from '#cli/journey.ts';
import { accountsSchema } from '#http/contract/accounts.ts';
import { selfSignedCertificate } from '#emulation/certificate.ts';
import { prefixOf } from '#services/open-banking/credentials.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { secondProvider } from '../support/second-provider.ts';
import { providersStage, type ProvidersStage } from './providers-stage.ts';

const [{ id: firstId }] = openBankingProviders;
const secondId = secondProvider.id;

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
  const { start, origin, store } = await providersStage();
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
async function linkedAtEach({ start, origin }: ProvidersStage): Promise<Journey[]> {
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
  const all = await providersStage();
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
  const { start, origin, internalOrigin } = await providersStage();
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
  const { start, origin, environment } = await providersStage();
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
  const { start } = await providersStage();
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
