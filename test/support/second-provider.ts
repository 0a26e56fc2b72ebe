import { z } from 'zod';
import { url } from '#configuration/variables/shapes.ts';
import { variablesOf } from '#configuration/variables/variable.ts';
import type { ProviderDefinition } from '#services/open-banking/definition.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import type { OpenBankingProvider } from '#services/open-banking/service.ts';

const [first] = openBankingProviders;
const id = 'second-pay';

/** The addresses among a provider's variables, which no test knows by name. */
function addressVariables({ variables }: ProviderDefinition): string[] {
  return Object.keys(variables.shape).filter((name) => {
    return variables.safeParse({ [name]: 'http://localhost:1' }).success;
  });
}

/** A client or mock of the first provider under the second's name. */
function renamed<Provider extends OpenBankingProvider>(provider: Provider): Provider {
  const { webhooks } = provider;
  return {
    ...provider,
    id,
    ...(webhooks && { webhooks: { ...webhooks, provider: id } }),
    onPaymentHint: (callback) => provider.onPaymentHint((hint) => callback({ ...hint, provider: id })),
  };
}

/** A made-up provider that speaks the first one's language, so that two are live at once. */
export const secondProvider: ProviderDefinition = {
  id,
  displayName: 'Second Pay',
  variables: z.object({
    SECOND_PAY_API_URL: variablesOf('Second Pay')(
      { description: 'address of the API', address: 'provider' },
      url.default('https://api.second-pay.example'),
    ),
  }),
  integration: first.integration,
  unanswered: first.unanswered,
  guards: first.guards ?? [first.id],
  createClient({ SECOND_PAY_API_URL: address }, dependencies) {
    const own = Object.fromEntries(addressVariables(first).map((name) => [name, address]));
    return renamed(first.createClient(first.variables.parse(own), dependencies));
  },
  createMock: async (options) => renamed(await first.createMock(options)),
  async createEmulator(context, options) {
    const { emulator, environment } = await first.createEmulator(context, options);
    const { OPENBANKING_CLIENT_ID = '', OPENBANKING_CLIENT_SECRET = '' } = environment;
    return {
      emulator: { ...emulator, name: id },
      environment: { OPENBANKING_CLIENT_ID, OPENBANKING_CLIENT_SECRET, SECOND_PAY_API_URL: context.origin },
    };
  },
};

/** The providers of Drop, and the made-up one. */
export const providersWithSecond: readonly ProviderDefinition[] = [...openBankingProviders, secondProvider];
