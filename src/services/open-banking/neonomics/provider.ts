import { z } from 'zod';
import { list, text, url } from '#configuration/variables/shapes.ts';
import { variablesOf } from '#configuration/variables/variable.ts';
import type { Fault } from '#configuration/variables/fault.ts';
import { Secret } from '#domain/secret.ts';
import { createListReader } from '#services/listed-items.ts';
import { createBankDirectory } from '#services/open-banking/bank-directory.ts';
import { defineProvider, type ProviderDependencies } from '#services/open-banking/definition.ts';
import type { OpenBankingProvider, PaymentHint } from '#services/open-banking/service.ts';
import { createAccountInformation } from './account-information.ts';
import { createApi } from './client.ts';
import { fetchToken } from './fetch-token.ts';
import { createIdentify } from './identification.ts';
import { integration } from './integration.ts';
import { country, offeredBanks } from './offered-banks.ts';
import { createPaymentInitiation, unanswered } from './payment-initiation.ts';
import { readPsuKey } from './psu-id.ts';
import { recorded } from './recorded.ts';
import { identifyReturn } from './returns.ts';
import { createTokenSource } from './token.ts';
import { createWebhookSource } from './webhooks.ts';

const id = 'neonomics';
const displayName = 'Neonomics';

const variable = variablesOf(displayName);
/** Base64, as far as seen; no bank is called by a word. */
const bankIdForm = /^(?=.*\d)[\w+/=-]{8,200}$/;

const variables = z.object({
  NEONOMICS_API_URL: variable(
    { description: 'address of the API', address: 'provider' },
    url.default('https://api.neonomics.io'),
  ),
  NEONOMICS_REALM: variable(
    { description: 'realm of the access token: `live`, or `sandbox` at the sandbox of the provider' },
    z.enum(['live', 'sandbox']).default('live'),
  ),
  NEONOMICS_PSU_KEYSET: variable(
    {
      description: 'keyset of the application in JSON, which encrypts the national identity number for banks',
      secret: true,
    },
    text
      .refine((file) => readPsuKey(file) !== undefined, 'must be a keyset of Tink with an AES-GCM key')
      .transform((file) => new Secret(file))
      .optional(),
  ),
  NEONOMICS_PSU_BANKS: variable(
    { description: 'ids of banks that ask for that number, and only while the customer approves' },
    list.refine((ids) => ids.every((id) => bankIdForm.test(id)), 'must be ids of banks').optional(),
  ),
});
type Settings = z.output<typeof variables>;

/** Neonomics: account information and payments at Norwegian banks behind one API, driven by its errors. */
export const neonomics = defineProvider({
  id,
  displayName,
  variables,
  integration,
  unanswered,
  rules: faultsOf,
  recorded,
  createClient,
  async createMock(options) {
    const { createNeonomicsMock } = await import('./mock.ts');
    return createNeonomicsMock(options);
  },
  async createEmulator(context, options) {
    const { createNeonomicsEmulator } = await import('./emulator/emulator.ts');
    return createNeonomicsEmulator(context, options);
  },
});

function faultsOf({ NEONOMICS_PSU_KEYSET: keyset, NEONOMICS_PSU_BANKS: banks }: Settings): Fault[] {
  if (banks !== undefined && keyset === undefined)
    return [{ variable: 'NEONOMICS_PSU_KEYSET', problem: 'is required beside NEONOMICS_PSU_BANKS' }];
  return [];
}

function createClient(settings: Settings, dependencies: ProviderDependencies): OpenBankingProvider {
  const { clock, entropy, credentials, log } = dependencies;
  const { NEONOMICS_API_URL: apiUrl, NEONOMICS_REALM: realm } = settings;
  const outbound = dependencies.createOutbound({
    provider: id,
    origins: [new URL(apiUrl).origin],
    tls: credentials.tls,
  });
  const tokens = createTokenSource({
    clock,
    fetchToken: () => fetchToken({ apiUrl, realm, outbound, credentials }),
  });
  const api = createApi({
    apiUrl,
    outbound,
    tokens,
    readLists: createListReader({ provider: id, ...dependencies }),
  });
  const { key, banks: askingOnce } = identification(settings);
  const banks = createBankDirectory({
    provider: id,
    clock,
    log,
    load: async () => offeredBanks(await api.listBanks(country), askingOnce),
    idOf: (bank) => bank.id,
  });
  const identify = createIdentify({ key, entropy });
  let hinted: ((hint: PaymentHint) => Promise<void>) | undefined;
  return {
    id,
    intermediary: displayName,
    ais: createAccountInformation({ api, banks, identify, clock, log }),
    pis: createPaymentInitiation({ api, banks, identify, clock, log }),
    // A payment names its payer.
    needsIdentity: ['name'],
    ...(askingOnce.size > 0 && { mayNeedIdentity: ['national_identity_number'] }),
    identifyReturn,
    webhooks: createWebhookSource({ keys: credentials.webhookSecrets, hinted: () => hinted }),
    onPaymentHint(callback) {
      hinted = callback;
    },
  };
}

/** Without a key no bank is told the number, and those that ask for it are not offered. */
function identification({ NEONOMICS_PSU_KEYSET: keyset, NEONOMICS_PSU_BANKS: banks = [] }: Settings) {
  const key = keyset && readPsuKey(keyset.reveal());
  return { key, banks: new Set(key === undefined ? [] : banks) };
}
