import { assert } from '#domain/errors.ts';
import type {
  ClientDependencies,
  DefinitionCore,
  Flushing,
  SelfWatching,
  ServiceDefinition,
} from './definition.ts';
import type { ServiceDependencies, Services } from './index.ts';
import { seedOf } from './mocks.ts';
import { createRouting, webhookUrlAt } from './open-banking/routing.ts';
import type { OpenBankingProvider } from './open-banking/service.ts';
import { createOutbounds, type Outbounds } from './outbounds.ts';
import { serviceEntries, type ServicesByRole } from './services.ts';

/** The production clients. In the sandbox they are the same ones, pointed at the emulators. */
export async function createLiveServices(dependencies: ServiceDependencies): Promise<Services> {
  const outbounds = createOutbounds(dependencies);
  const made = await Promise.all(
    serviceEntries.map(async ([role, definition]) => {
      return [role, await createService(definition, dependencies, outbounds)] as const;
    }),
  );
  const { providerId } = dependencies.config.openBanking;
  const watching = made.map(([, service]) => service).filter(isSelfWatching);
  return {
    // Each definition makes the service of its role; the list's type knows it, and `Object.entries` forgets it.
    ...(Object.fromEntries(made) as unknown as ServicesByRole),
    openBanking: createRouting(createProviders(dependencies, outbounds), providerId),
    breakers: () => {
      const own = watching.flatMap((service) => Object.entries(service.breakerStates()));
      return { ...outbounds.breakers(), ...Object.fromEntries(own) };
    },
    outbounds: outbounds.all,
    async close(deadlineMs) {
      const flushing = made.map(([, service]) => service).filter(isFlushing);
      await Promise.all(flushing.map((service) => service.flush(deadlineMs)));
      await outbounds.close();
    },
  };
}

async function createService(
  definition: ServiceDefinition,
  dependencies: ServiceDependencies,
  outbounds: Outbounds,
): Promise<unknown> {
  const { config, clock, entropy } = dependencies;
  const { baseUrl } = config;
  if (!definition.createClient || definition.isMocked?.(config))
    return definition.createMock(config, { baseUrl, clock, entropy, seed: seedOf(dependencies) });
  const around = clientDependencies(definition, dependencies, outbounds);
  return definition.createClient(config, { ...around, environment: config.DROP_ENVIRONMENT, baseUrl });
}

/** Every provider that has credentials. */
function createProviders(dependencies: ServiceDependencies, outbounds: Outbounds): OpenBankingProvider[] {
  return dependencies.config.openBanking.providers.map(({ id, credentials, variables }) => {
    const definition = dependencies.providers.find((candidate) => candidate.id === id);
    assert(definition, `${id} is a provider that the configuration was read for`);
    const around = clientDependencies(definition, dependencies, outbounds);
    const webhookUrl = webhookUrlAt(dependencies.config.baseUrl, id);
    return definition.createClient(variables, { ...around, credentials, webhookUrl });
  });
}

function clientDependencies(
  definition: DefinitionCore,
  { clock, entropy, log, onOddItems, onAttempt }: ServiceDependencies,
  outbounds: Outbounds,
): ClientDependencies {
  const createOutbound: ClientDependencies['createOutbound'] = (options) =>
    outbounds.create(definition, options);
  return {
    clock,
    entropy,
    log,
    onOddItems,
    createOutbound,
    onAttempt: (attempt) => onAttempt(attempt, definition.recorded ?? {}),
  };
}

function isSelfWatching(service: unknown): service is SelfWatching {
  return typeof service === 'object' && service !== null && 'breakerStates' in service;
}

function isFlushing(service: unknown): service is Flushing {
  return typeof service === 'object' && service !== null && 'flush' in service;
}
