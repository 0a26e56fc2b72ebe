import { z } from 'zod';
import { url } from '#configuration/variables/shapes.ts';
import { variablesOf } from '#configuration/variables/variable.ts';
import { createListReader } from '#services/listed-items.ts';
import { defineProvider, type ProviderDependencies } from '#services/open-banking/definition.ts';
import type { OpenBankingProvider, PaymentHint } from '#services/open-banking/service.ts';
import { createAccountInformation } from './account-information.ts';
import { createBankDirectory } from './banks.ts';
import { createApi } from './client.ts';
import { integration } from './integration.ts';
import { createPaymentInitiation, unanswered } from './payment-initiation.ts';
import { recorded } from './recorded.ts';
import { createTokenSource, privateKeyProblem } from './token.ts';
import { createWebhookKeys, isWebhookHost, webhookKeysGuard } from './webhook-keys.ts';
import { createWebhookSource } from './webhooks.ts';

const id = 'enable-banking';

const displayName = 'Enable Banking';
const variable = variablesOf(displayName);

const variables = z.object({
  ENABLE_BANKING_API_URL: variable(
    { description: 'address of the API', address: 'provider' },
    url.default('https://api.enablebanking.com'),
  ),
  ENABLE_BANKING_WEBHOOK_HOST: variable(
    {
      description: 'host that serves the certificates of webhooks, with its subdomains',
      address: 'provider_host',
    },
    z
      .string()
      .refine(isWebhookHost, 'must be a host name, or an origin on loopback')
      .default('enablebanking.com'),
  ),
  ENABLE_BANKING_COUNTRY: variable(
    { description: 'ISO 3166 code of the country whose banks are offered' },
    z
      .string()
      .regex(/^[A-Z]{2}$/)
      .default('NO'),
  ),
});

/** Enable Banking: account information and payments at Norwegian banks behind one API. */
export const enableBanking = defineProvider({
  id,
  displayName,
  variables,
  integration,
  unanswered,
  guards: [id, webhookKeysGuard],
  recorded,
  clientSecretProblem: privateKeyProblem,
  createClient,
  async createMock(options) {
    const { createEnableBankingMock } = await import('./mock.ts');
    return createEnableBankingMock(options);
  },
  async createEmulator(context, options) {
    const { createEnableBankingEmulator } = await import('./emulator/emulator.ts');
    return createEnableBankingEmulator(context, options);
  },
});

function createClient(
  settings: z.output<typeof variables>,
  dependencies: ProviderDependencies,
): OpenBankingProvider {
  const { clock, credentials } = dependencies;
  const apiUrl = settings.ENABLE_BANKING_API_URL;
  const applicationId = credentials.clientId;
  const token = createTokenSource({ clock, applicationId, privateKey: credentials.clientSecret });
  const outbound = dependencies.createOutbound({
    provider: id,
    origins: [new URL(apiUrl).origin],
    tls: credentials.tls,
  });
  const readLists = createListReader({ provider: id, ...dependencies });
  const api = createApi({ apiUrl, outbound, token, readLists });
  const country = settings.ENABLE_BANKING_COUNTRY;
  const banks = createBankDirectory({ api, clock, country, log: dependencies.log });
  const keys = createWebhookKeys({
    webhookHost: settings.ENABLE_BANKING_WEBHOOK_HOST,
    clock,
    createOutbound: (options) => dependencies.createOutbound(options),
  });
  let hinted: ((hint: PaymentHint) => Promise<void>) | undefined;

  return {
    id,
    intermediary: displayName,
    ais: createAccountInformation({ api, banks, clock, country, log: dependencies.log }),
    pis: createPaymentInitiation({ api, banks, clock }),
    webhooks: createWebhookSource({ applicationId, keys, clock, hinted: () => hinted }),
    onPaymentHint(callback) {
      hinted = callback;
    },
  };
}
