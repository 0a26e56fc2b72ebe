import type { ServiceDependencies, Services } from './index.ts';
import { createRouting } from './open-banking/routing.ts';
import { serviceEntries, type ServicesByRole } from './services.ts';

export interface MockServices extends Services {
  /** Forgets everything. */
  reset(): void;
}

/** Every service faked in process: no network, nothing kept over a restart. */
export async function createMockServices(dependencies: ServiceDependencies): Promise<MockServices> {
  const { clock, entropy, config } = dependencies;
  const { baseUrl } = config;
  const seed = seedOf(dependencies);
  const made = await Promise.all(
    serviceEntries.map(async ([role, definition]) => {
      return [role, await definition.createMock(config, { baseUrl, clock, entropy, seed })] as const;
    }),
  );
  const providers = await Promise.all(
    config.openBanking.providers.map(async ({ id, credentials: { callbackUrl } }) => {
      const definition = dependencies.providers.find((candidate) => candidate.id === id);
      return definition?.createMock({ clock, entropy, callbackUrl, seed });
    }),
  );
  const mockProviders = providers.filter((provider) => provider !== undefined);
  return {
    // Each definition makes the mock of its role; the list's type knows it, and `Object.entries` forgets it.
    ...(Object.fromEntries(made) as unknown as ServicesByRole),
    openBanking: createRouting(mockProviders, config.openBanking.providerId),
    breakers: () => ({}),
    outbounds: () => [],
    close: async () => undefined,
    reset() {
      for (const mock of [...made.map(([, each]) => each), ...mockProviders]) mock.reset();
    },
  };
}

/** The seed of the mocks. */
export function seedOf({ random }: Pick<ServiceDependencies, 'random'>): number {
  return Math.floor(random() * 2 ** 31);
}
