import { z } from 'zod';
import { pem, url } from '#configuration/variables/shapes.ts';
import { variablesOf } from '#configuration/variables/variable.ts';
import { DropError } from '#domain/errors.ts';
import type { ServiceCheck } from '#services/definition.ts';
import { createListReader } from '#services/listed-items.ts';
import { defineProvider, type ProviderDependencies } from '#services/open-banking/definition.ts';
import type { OpenBankingProvider } from '#services/open-banking/service.ts';
import { createAccountInformation } from './account-information.ts';
import { createApi, type BerlinGroupApi } from './client.ts';
import { banksSchema, createDirectBanks, directBanks, type DirectBank } from './banks.ts';
import { bankChecks } from './checks.ts';
import { createBankCalls } from './bank-calls.ts';
import { integration } from './integration.ts';
import { createPaymentInitiation, unanswered } from './payment-initiation.ts';
import { recorded } from './recorded.ts';
import { certificateOf, readSeal, sealKeyProblem } from './seal.ts';

const id = 'berlin-group';
const displayName = 'Berlin Group';
const variable = variablesOf(displayName);

const variables = z.object({
  BERLIN_GROUP_SEAL_CERTIFICATE: variable(
    {
      description: 'certificate of the seal (QSEAL) in PEM, whose private key is the client secret',
      required: true,
    },
    pem.refine((text) => certificateOf(text) !== undefined, 'must be a certificate in PEM').optional(),
  ),
  BERLIN_GROUP_BANKS: variable(
    {
      description: 'the banks and their addresses, as a list in JSON (see the README.md of the provider)',
      example: '[{"profile":"dnb","addresses":[{"url":"https://psd2.dnb.example"}]}]',
    },
    banksSchema.optional(),
  ),
  BERLIN_GROUP_API_URL: variable(
    {
      description:
        'address under which every bank is reached by its id, in place of its own; as in the sandbox',
      address: 'provider',
    },
    url.optional(),
  ),
  BERLIN_GROUP_INSTANT: variable(
    { description: 'whether payments go as instant transfers where a bank takes them; these carry no KID' },
    z.enum(['never', 'without_kid']).default('never'),
  ),
});
type Variables = z.output<typeof variables>;

/** The banks themselves, without anyone between: Berlin Group NextGenPSD2 1.3 as the Norwegian banks speak it. */
export const berlinGroup = defineProvider({
  id,
  displayName,
  variables,
  integration,
  unanswered,
  recorded,
  rules({ BERLIN_GROUP_BANKS: banks = [] }, { environment }) {
    const addresses = banks.flatMap((bank) => bank.addresses.map((address) => new URL(address.url)));
    const isPlain = addresses.some(({ protocol }) => protocol !== 'https:');
    const problem = 'must have https: addresses outside the sandbox';
    return isPlain && environment !== 'sandbox' ? [{ variable: 'BERLIN_GROUP_BANKS', problem }] : [];
  },
  clientSecretProblem: sealKeyProblem,
  certificateRoles: ['PSP_PI', 'PSP_AI'],
  certificates: ({ BERLIN_GROUP_SEAL_CERTIFICATE: seal }) =>
    seal === undefined ? [] : [{ variable: 'BERLIN_GROUP_SEAL_CERTIFICATE', pem: seal }],
  createClient,
  checks,
  async createMock(options) {
    const { createBerlinGroupMock } = await import('./mock.ts');
    return createBerlinGroupMock(options);
  },
  async createEmulator(context, options) {
    const { createBerlinGroupEmulator } = await import('./emulator/emulator.ts');
    return createBerlinGroupEmulator(context, options);
  },
});

function createClient(settings: Variables, dependencies: ProviderDependencies): OpenBankingProvider {
  const { clock, log } = dependencies;
  const { list, api } = createParts(settings, dependencies);
  return {
    id,
    ais: createAccountInformation({ api, clock, log }),
    pis: createPaymentInitiation({ api, instant: settings.BERLIN_GROUP_INSTANT, clock, log }),
    ...identityNeeds(list),
    onPaymentHint() {
      // No bank sends webhooks whose content is documented: payments are read.
    },
  };
}

function checks(settings: Variables, dependencies: ProviderDependencies): ServiceCheck[] {
  const { clock, log, entropy } = dependencies;
  const { api } = createParts(settings, dependencies);
  const ais = createAccountInformation({ api, clock, log });
  return bankChecks(api.banks.list(), { ais, entropy, baseOf: (bank) => api.banks.addressOf(bank) });
}

/** The banks, and the calls to them. */
function createParts(
  settings: Variables,
  dependencies: ProviderDependencies,
): { list: readonly DirectBank[]; api: BerlinGroupApi } {
  const { clock, entropy, credentials } = dependencies;
  const list = banksOf(settings, dependencies);
  const banks = createDirectBanks(list, clock);
  const seal = readSeal({
    certificate: settings.BERLIN_GROUP_SEAL_CERTIFICATE ?? '',
    privateKey: credentials.clientSecret,
    clientId: credentials.clientId,
  });
  const origins = list.flatMap(({ addresses }) => addresses.map((address) => new URL(address.url).origin));
  const outbound = dependencies.createOutbound({
    provider: id,
    origins: [...new Set(origins)],
    tls: credentials.tls,
  });
  const readLists = createListReader({ provider: id, ...dependencies });
  const client = createBankCalls({ outbound, banks, seal, clock, entropy, readLists });
  return { list, api: createApi(client, banks) };
}

/** What every bank must be told of its customer, and what only some must. */
function identityNeeds(
  banks: readonly DirectBank[],
): Pick<OpenBankingProvider, 'needsIdentity' | 'mayNeedIdentity'> {
  const needs = [...new Set(banks.flatMap(({ psuId }) => psuId ?? []))];
  const isOfAll = banks.every(({ psuId }) => psuId !== undefined);
  return isOfAll ? { needsIdentity: needs } : { mayNeedIdentity: needs };
}

/** A bank at its own address is reached with the certificate for websites (QWAC) only. */
function banksOf(settings: Variables, { credentials }: ProviderDependencies): DirectBank[] {
  const { BERLIN_GROUP_BANKS: configured = [], BERLIN_GROUP_API_URL: gateway } = settings;
  const isBare = gateway === undefined && configured.length > 0;
  if (isBare && credentials.tls?.certificate === undefined)
    throw new DropError('configuration_invalid', {
      message: 'BERLIN_GROUP_TLS_CERTIFICATE is required beside BERLIN_GROUP_BANKS: banks demand mutual TLS',
      provider: id,
    });
  return directBanks(configured, gateway);
}
