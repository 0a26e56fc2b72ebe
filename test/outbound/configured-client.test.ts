import { generateKeyPairSync } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '#configuration/config.ts';
import { initializeServices } from '#services/index.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { pathOf, startTlsProvider } from './tls-provider.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** The configuration of any provider's production client; these tests must not name a provider. */
function environmentFor(origin: string): Record<string, string> {
  const addresses = openBankingProviders
    .flatMap(({ variables }) => Object.keys(variables.shape).map((name) => ({ name, variables })))
    .filter(({ name, variables }) => variables.safeParse({ [name]: origin }).success);
  return {
    DROP_ENVIRONMENT: 'sandbox',
    NATIONAL_ID_HASH_KEY: Buffer.alloc(32, 7).toString('base64'),
    DATA_ENCRYPTION_KEY: Buffer.alloc(32, 8).toString('base64'),
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
    OPENBANKING_CLIENT_ID: 'application',
    OPENBANKING_CLIENT_SECRET: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ...Object.fromEntries(addresses.map(({ name }) => [name, origin])),
  };
}

/** Calls the provider through the configured production client, which may fail to parse `{}`. */
async function call(provider: string, environment: Record<string, string>): Promise<void> {
  const config = loadConfig({ ...environment, OPENBANKING_PROVIDER: provider });
  const services = await initializeServices({ config });
  onTestFinished(() => services.close(0));
  await services.openBanking
    .forNewConsent({ customerId: 'c' })
    .ais?.listBanks()
    .catch(() => undefined);
}

const trust = { OPENBANKING_TLS_AUTHORITIES_FILE: pathOf('authority.pem') };

test.each(openBankingProviders.map(({ id }) => id))(
  '%s receives the configured client certificate',
  async (provider) => {
    const { origin, callers } = await startTlsProvider();
    await call(provider, {
      ...environmentFor(origin),
      ...trust,
      OPENBANKING_TLS_CERTIFICATE_FILE: pathOf('client.pem'),
      OPENBANKING_TLS_PRIVATE_KEY_FILE: pathOf('client.key.pem'),
    });
    expect(new Set(callers)).toEqual(new Set(['drop-test-client']));
  },
);

test.each(openBankingProviders.map(({ id }) => id))(
  '%s is called without a client certificate if it asks for none, and is trusted by the configured authority',
  async (provider) => {
    const { origin, callers } = await startTlsProvider({ isMutual: false });
    await call(provider, environmentFor(origin));
    expect(callers).toEqual([]);
    await call(provider, { ...environmentFor(origin), ...trust });
    expect(new Set(callers)).toEqual(new Set([undefined]));
  },
);
