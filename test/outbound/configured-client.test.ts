import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '#configuration/config.ts';
import { initializeServices } from '#services/index.ts';
import type { ProviderDefinition } from '#services/open-banking/definition.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { startEmulated } from '../conformance/open-banking-stack.ts';
import { attended, bankIdAt, capability, consentRequest } from '../conformance/open-banking-subjects.ts';
import { pathOf, startTlsProvider } from './tls-provider.ts';

/** A provider, and a bank of its emulator. */
interface Subject {
  definition: ProviderDefinition;
  bankId: string;
  /** What points the production client at its emulator at `emulatorOrigin`. */
  environment: Record<string, string>;
  emulatorOrigin: string;
}

/** The words of any provider's production client; these tests must not name a provider. */
async function subjectOf(definition: ProviderDefinition): Promise<Subject> {
  const { environment, origin, provider, close } = await startEmulated(definition);
  const bankId = await bankIdAt(capability(provider.ais));
  await close();
  return { definition, bankId, environment, emulatorOrigin: origin };
}

const subjects = await Promise.all(openBankingProviders.map(subjectOf));

function environmentFor({ environment, emulatorOrigin }: Subject, origin: string): Record<string, string> {
  const moved = Object.entries(environment).map(([name, value]) => [
    name,
    value === emulatorOrigin ? origin : value,
  ]);
  return {
    DROP_ENVIRONMENT: 'sandbox',
    NATIONAL_ID_HASH_KEY: Buffer.alloc(32, 7).toString('base64'),
    DATA_ENCRYPTION_KEY: Buffer.alloc(32, 8).toString('base64'),
    AUDIT_SIGNING_KEY: Buffer.alloc(32, 10).toString('base64'),
    ...Object.fromEntries(
      ['BANKID_CLIENT_ID', 'BANKID_CLIENT_SECRET', 'SUMSUB_APP_TOKEN', 'SUMSUB_SECRET_KEY'].map((name) => [
        name,
        'x',
      ]),
    ),
    BANKID_ISSUER: origin,
    SUMSUB_API_URL: origin,
    SUMSUB_WEBSDK_SCRIPT_URL: origin,
    SUMSUB_WEBSDK_BASE_URL: origin,
    ...(Object.fromEntries(moved) as Record<string, string>),
  };
}

/** Calls the provider through the configured production client, which may fail to parse `{}`. */
async function call({ definition, bankId }: Subject, environment: Record<string, string>): Promise<void> {
  const config = loadConfig({ ...environment, OPENBANKING_PROVIDER: definition.id });
  const services = await initializeServices({ config });
  onTestFinished(() => services.close(0));
  await services.openBanking
    .forNewConsent({ customerId: 'c' })
    .ais?.startConsent(consentRequest(bankId), attended)
    .catch(() => undefined);
}

const trust = { OPENBANKING_TLS_AUTHORITIES_FILE: pathOf('authority.pem') };

test.each(subjects)('$definition.id receives the configured client certificate', async (subject) => {
  const { origin, callers } = await startTlsProvider();
  await call(subject, {
    ...environmentFor(subject, origin),
    ...trust,
    OPENBANKING_TLS_CERTIFICATE_FILE: pathOf('client.pem'),
    OPENBANKING_TLS_PRIVATE_KEY_FILE: pathOf('client.key.pem'),
  });
  expect(new Set(callers)).toEqual(new Set(['drop-test-client']));
});

test.each(subjects)(
  '$definition.id is called without a certificate if it asks for none, and is trusted by the configured authority',
  async (subject) => {
    const { origin, callers } = await startTlsProvider({ isMutual: false });
    await call(subject, environmentFor(subject, origin));
    expect(callers).toEqual([]);
    await call(subject, { ...environmentFor(subject, origin), ...trust });
    expect(new Set(callers)).toEqual(new Set([undefined]));
  },
);
