import { createBankIdMock } from './bankid/mock.ts';
import type { ServiceDependencies, Services } from './index.ts';
import { openBankingProviders } from './open-banking/providers.ts';
import { createRouting } from './open-banking/routing.ts';
import { createSlackMock } from './slack/mock.ts';
import { createSumsubMock } from './sumsub/mock.ts';

export interface MockServices extends Services {
  reset(): void;
}

/** Every service faked in process: no network, nothing kept over a restart. */
export function createMockServices(dependencies: ServiceDependencies): MockServices {
  const { clock, entropy, config, random } = dependencies;
  const seed = Math.floor(random() * 2 ** 31);
  const { callbackUrl } = config.openBanking.credentials;
  const bankId = createBankIdMock({ clock, entropy });
  const sumsub = createSumsubMock({ clock, seed, levelName: config.SUMSUB_LEVEL_NAME });
  const providers = openBankingProviders.map((provider) =>
    provider.createMock({ clock, entropy, callbackUrl, seed }),
  );
  const alerts = createSlackMock();
  return {
    bankId,
    sumsub,
    openBanking: createRouting(providers, config.openBanking.providerId),
    alerts,
    breakers: () => ({}),
    outbounds: () => [],
    close: async () => undefined,
    reset() {
      for (const mock of [bankId, sumsub, alerts, ...providers]) if ('reset' in mock) mock.reset();
    },
  };
}
