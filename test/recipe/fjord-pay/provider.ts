import { z } from 'zod';
import { url } from '#configuration/variables/shapes.ts';
import { variablesOf } from '#configuration/variables/variable.ts';
import { createListReader } from '#services/listed-items.ts';
import { createBankDirectory } from '#services/open-banking/bank-directory.ts';
import { defineProvider, type ProviderDependencies } from '#services/open-banking/definition.ts';
import type { OpenBankingProvider, PaymentHint } from '#services/open-banking/service.ts';
import { createAccountInformation } from './account-information.ts';
import { createApi } from './client.ts';
import { integration } from './integration.ts';
import { createPaymentInitiation, unanswered } from './payment-initiation.ts';
import { recorded } from './recorded.ts';
import { identifyReturn } from './returns.ts';
import { createWebhookSource } from './webhooks.ts';

const id = 'fjord-pay';
const displayName = 'Fjord Pay';

const variables = z.object({
  FJORD_PAY_API_URL: variablesOf(displayName)(
    { description: 'address of the API', address: 'provider' },
    url.default('https://api.fjord-pay.example'),
  ),
});

/** Fjord Pay: account information and payments at Norwegian banks, each with its own way to approve. */
export const fjordPay = defineProvider({
  id,
  displayName,
  variables,
  integration,
  unanswered,
  recorded,
  createClient,
  async createMock(options) {
    const { createFjordPayMock } = await import('./mock.ts');
    return createFjordPayMock(options);
  },
  async createEmulator(context, options) {
    const { createFjordPayEmulator } = await import('./emulator/emulator.ts');
    return createFjordPayEmulator(context, options);
  },
});

function createClient(
  { FJORD_PAY_API_URL: apiUrl }: z.output<typeof variables>,
  dependencies: ProviderDependencies,
): OpenBankingProvider {
  const { clock, credentials, log } = dependencies;
  const outbound = dependencies.createOutbound({
    provider: id,
    origins: [new URL(apiUrl).origin],
    tls: credentials.tls,
  });
  const readLists = createListReader({ provider: id, ...dependencies });
  const api = createApi({ apiUrl, outbound, credentials, readLists });
  const banks = createBankDirectory({
    provider: id,
    clock,
    log,
    load: () => api.listBanks(),
    idOf: ({ account_bank_id }) => account_bank_id,
  });
  let hinted: ((hint: PaymentHint) => Promise<void>) | undefined;
  return {
    id,
    ais: createAccountInformation({ api, banks, clock, log }),
    pis: createPaymentInitiation({ api, banks }),
    needsIdentity: ['name', 'national_identity_number'],
    identifyReturn,
    webhooks: createWebhookSource({ secrets: credentials.webhookSecrets, hinted: () => hinted }),
    onPaymentHint(callback) {
      hinted = callback;
    },
  };
}
