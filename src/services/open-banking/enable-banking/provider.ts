import { z } from 'zod';
import { createListReader } from '#services/listed-items.ts';
import { defineProvider, type ProviderDependencies } from '#services/open-banking/definition.ts';
import type { OpenBankingProvider, PaymentHint } from '#services/open-banking/service.ts';
import { createAccountInformation } from './account-information.ts';
import { createBankDirectory } from './banks.ts';
import { createApi } from './client.ts';
import { createEnableBankingEmulator } from './emulator/emulator.ts';
import { createEnableBankingMock } from './mock.ts';
import { createPaymentInitiation } from './payment-initiation.ts';
import { recorded } from './recorded.ts';
import { createTokenSource } from './token.ts';
import { createWebhookKeys, isWebhookHost } from './webhook-keys.ts';
import { createWebhookSource } from './webhooks.ts';

const id = 'enable-banking';

const variables = z.object({
  ENABLE_BANKING_API_URL: z
    .url({ protocol: /^https?$/ })
    .default('https://api.enablebanking.com')
    .describe('Enable Banking: address of the API'),
  ENABLE_BANKING_WEBHOOK_HOST: z
    .string()
    .refine(isWebhookHost, 'must be a host name, or an origin on loopback')
    .default('enablebanking.com')
    .describe('Enable Banking: host that serves the certificates of webhooks, with its subdomains'),
  ENABLE_BANKING_COUNTRY: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('NO')
    .describe('Enable Banking: ISO 3166 code of the country whose banks are offered'),
});

/** Enable Banking: account information and payments at Norwegian banks behind one API. */
export const enableBanking = defineProvider({
  id,
  displayName: 'Enable Banking',
  variables,
  createClient,
  createMock: createEnableBankingMock,
  createEmulator: createEnableBankingEmulator,
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
    recorded,
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
    ais: createAccountInformation({ api, banks, clock, country, log: dependencies.log }),
    pis: createPaymentInitiation({ api, banks }),
    webhooks: createWebhookSource({ applicationId, keys, clock, hinted: () => hinted }),
    onPaymentHint(callback) {
      hinted = callback;
    },
  };
}
