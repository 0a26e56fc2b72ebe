import { assert } from '#domain/errors.ts';
import { createBankIdClient } from './bankid/client.ts';
import { createBankIdMock } from './bankid/mock.ts';
import { presets } from './bankid/presets.ts';
import { recorded as recordedOfBankId } from './bankid/recorded.ts';
import type { BankId } from './bankid/service.ts';
import type { ServiceDependencies, Services } from './index.ts';
import { findProvider } from './open-banking/providers.ts';
import { createRouting } from './open-banking/routing.ts';
import { outboundFactory } from './outbounds.ts';
import { createSlackClient } from './slack/client.ts';
import type { Alerts } from './slack/service.ts';
import { createSumsubClient } from './sumsub/client.ts';
import { recorded as recordedOfSumsub } from './sumsub/recorded.ts';
import type { Sumsub } from './sumsub/service.ts';

type Factory = ReturnType<typeof outboundFactory>;
type FlushableAlerts = Alerts & { flush(deadlineMs: number): Promise<void> };

/** The production clients. In the sandbox they are the same ones, pointed at the emulators. */
export function createLiveServices(dependencies: ServiceDependencies): Services {
  const factory = outboundFactory(dependencies);
  const alerts = createAlerts(dependencies, factory);
  const { providerId } = dependencies.config.openBanking;
  return {
    bankId: createBankId(dependencies, factory),
    sumsub: createSumsub(dependencies, factory),
    openBanking: createRouting([createOpenBanking(dependencies, factory)], providerId),
    alerts,
    breakers: factory.breakers,
    outbounds: factory.outbounds,
    async close(deadlineMs) {
      await alerts.flush(deadlineMs);
      await factory.close();
    },
  };
}

function createBankId({ config, clock, log, onOddItems }: ServiceDependencies, factory: Factory): BankId {
  if (config.BANKID_MOCK) return createBankIdMock({ clock });
  const preset = presets[config.BANKID_PRESET];
  const addresses = [
    config.BANKID_ISSUER,
    config.BANKID_AUTHORIZE_URL,
    config.BANKID_TOKEN_URL,
    config.BANKID_JWKS_URL,
    config.BANKID_USERINFO_URL,
  ].filter((address) => address !== undefined);
  const outboundOf = (provider: string) =>
    factory.create({ provider, origins: addresses, recorded: recordedOfBankId });
  return createBankIdClient(
    {
      issuer: config.BANKID_ISSUER,
      ...(config.BANKID_AUTHORIZE_URL && { authorizeUrl: config.BANKID_AUTHORIZE_URL }),
      ...(config.BANKID_TOKEN_URL && { tokenUrl: config.BANKID_TOKEN_URL }),
      ...(config.BANKID_JWKS_URL && { jwksUrl: config.BANKID_JWKS_URL }),
      ...(config.BANKID_USERINFO_URL && { userinfoUrl: config.BANKID_USERINFO_URL }),
      clientId: required(config.BANKID_CLIENT_ID, 'BANKID_CLIENT_ID'),
      clientAuthentication: config.BANKID_CLIENT_AUTHENTICATION,
      clientSecret: config.BANKID_CLIENT_SECRET,
      privateKey: config.BANKID_PRIVATE_KEY,
      privateKeyId: config.BANKID_PRIVATE_KEY_ID,
      assertionAudience: preset.assertionAudience,
      pushedAuthorization: config.BANKID_PAR,
      nationalIdentityClaims: config.BANKID_NATIONAL_ID_CLAIM ?? preset.nationalIdentityClaims,
      identitySource: config.BANKID_IDENTITY_SOURCE ?? preset.identitySource,
      scope: config.BANKID_SCOPE ?? preset.scope,
      acrValues: config.BANKID_ACR_VALUES ?? preset.acrValues,
      maxAgeSeconds: config.BANKID_MAX_AGE_SECONDS,
      acceptSynthetic: config.DROP_ENVIRONMENT !== 'production',
      allowInsecureLoopback: config.DROP_ENVIRONMENT === 'sandbox',
    },
    {
      clock,
      log,
      onOddItems,
      outbound: outboundOf('bankid'),
      documents: outboundOf('bankid-documents'),
    },
  );
}

function createSumsub({ config, clock, log, onOddItems }: ServiceDependencies, factory: Factory): Sumsub {
  const secretKey = required(config.SUMSUB_SECRET_KEY, 'SUMSUB_SECRET_KEY');
  if (!config.SUMSUB_WEBHOOK_SECRET && config.DROP_ENVIRONMENT === 'production') {
    log('SUMSUB_WEBHOOK_SECRET is not set: webhooks are verified with the API secret', {});
  }
  return createSumsubClient(
    {
      apiUrl: config.SUMSUB_API_URL,
      appToken: required(config.SUMSUB_APP_TOKEN, 'SUMSUB_APP_TOKEN'),
      secretKey,
      webhookSecrets: config.SUMSUB_WEBHOOK_SECRET ?? [secretKey],
      webhookAlgorithms: config.SUMSUB_WEBHOOK_ALGORITHMS,
      levelName: config.SUMSUB_LEVEL_NAME,
      acceptSandboxMode: config.DROP_ENVIRONMENT !== 'production',
    },
    {
      clock,
      log,
      onOddItems,
      outbound: factory.create({
        provider: 'sumsub',
        origins: [config.SUMSUB_API_URL],
        recorded: recordedOfSumsub,
      }),
    },
  );
}

function createOpenBanking({ config, clock, log, onOddItems }: ServiceDependencies, factory: Factory) {
  const { providerId, credentials, variables } = config.openBanking;
  const definition = required(findProvider(providerId), 'OPENBANKING_PROVIDER');
  const createOutbound = factory.create;
  return definition.createClient(variables, { clock, credentials, log, onOddItems, createOutbound });
}

function createAlerts({ config, clock, log }: ServiceDependencies, factory: Factory): FlushableAlerts {
  const webhookUrl = config.SLACK_WEBHOOK_URL;
  if (!webhookUrl) return logOnly(log);
  const outbound = factory.create({ provider: 'slack', origins: [webhookUrl.reveal()] });
  return createSlackClient({ webhookUrl, environment: config.DROP_ENVIRONMENT }, { clock, outbound, log });
}

/** Where there is no channel, the log is the channel. */
function logOnly(log: ServiceDependencies['log']): FlushableAlerts {
  return {
    async sendAlert(alert) {
      log('alert', { ...alert });
    },
    async flush() {
      // Nothing waits.
    },
  };
}

function required<T>(value: T | undefined, name: string): T {
  assert(value !== undefined, `${name} was checked when the configuration was read`);
  return value;
}
