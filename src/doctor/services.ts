import { providerVariables } from '#configuration/variables.ts';
import { isDropError } from '#domain/errors.ts';
import type { ClientTls } from '#outbound/client-tls.ts';
import { createDispatcher } from '#outbound/dispatcher.ts';
import type {
  CheckVerdict,
  ClientDependencies,
  DefinitionCore,
  ServiceCheck,
  ServiceDefinition,
} from '#services/definition.ts';
import { credentialVariables, familyPrefix } from '#services/open-banking/credentials.ts';
import type { ProviderDefinition, ProviderDependencies } from '#services/open-banking/definition.ts';
import { webhookUrlAt } from '#services/open-banking/routing.ts';
import { createOutbounds } from '#services/outbounds.ts';
import { serviceEntries } from '#services/services.ts';
import type { AnsweredDate } from './clock.ts';
import { checkOf, failed, ok, skipped, warning, type Check } from './finding.ts';
import { isAtFault, type Patient } from './patient.ts';

const area = 'services';

/** An origin that a production client calls, and what it shows there. */
export interface CalledOrigin {
  service: string;
  origin: string;
  tls: ClientTls | undefined;
}

/** The live services, through their production clients. */
export interface LiveServices {
  checks: readonly Check[];
  /** The origins of the clients that were made. */
  origins: readonly CalledOrigin[];
  /** The times that the answers gave; filled while the checks are carried out. */
  dates: readonly AnsweredDate[];
  /** Breaks what still runs. */
  close(): Promise<void>;
}

/** Makes the clients of the services that are configured, and calls nothing yet. */
export function liveServices(patient: Patient): LiveServices {
  const origins: CalledOrigin[] = [];
  const dates: AnsweredDate[] = [];
  const dispatcher = createDispatcher();
  const outbounds = createOutbounds({
    ...patient,
    dispatcher,
    random: patient.entropy.fraction,
    tracing: undefined,
    onBreaker: () => undefined,
    onAttempt({ provider, response, startedAt, durationMs }) {
      const date = response?.headers.get('date');
      if (date) dates.push({ provider, date, sentAtMs: startedAt.getTime(), durationMs });
    },
  });
  const dependenciesOf = (definition: DefinitionCore): ClientDependencies => ({
    ...patient,
    log: () => undefined,
    createOutbound(options) {
      for (const origin of new Set(options.origins.map((address) => new URL(address).origin)))
        origins.push({ service: definition.displayName, origin, tls: options.tls });
      return outbounds.create(definition, options);
    },
  });
  const isMock = patient.config.NEXT_PUBLIC_SERVICE_MODE === 'mock';
  const checks = isMock
    ? [skipped(area, 'services', 'NEXT_PUBLIC_SERVICE_MODE is mock: no service is called')]
    : [...ofServices(patient, dependenciesOf), ...ofProviders(patient, dependenciesOf)];
  return { checks, origins, dates, close: async () => dispatcher.destroy() };
}

type DependenciesOf = (definition: DefinitionCore) => ClientDependencies;

function ofServices(patient: Patient, dependenciesOf: DependenciesOf): Check[] {
  const { config } = patient;
  return serviceEntries.flatMap(([, definition]: [unknown, ServiceDefinition]) => {
    const { displayName } = definition;
    if (definition.isMocked?.(config)) return [skipped(area, displayName, 'is mocked')];
    if (isAtFault(patient, Object.keys(definition.variables.shape)))
      return [skipped(area, displayName, 'its variables are at fault')];
    const dependencies = { ...dependenciesOf(definition), environment: config.DROP_ENVIRONMENT };
    return made(displayName, () => definition.checks?.(config, dependencies) ?? []);
  });
}

function ofProviders(patient: Patient, dependenciesOf: DependenciesOf): Check[] {
  const { openBanking, baseUrl } = patient.config;
  const family = Object.keys(credentialVariables(familyPrefix, ''));
  return openBanking.providers.flatMap(({ id, credentials, variables }) => {
    const definition = patient.providers.find((provider) => provider.id === id);
    if (definition === undefined) return [];
    const names = [
      ...Object.keys(providerVariables(definition).shape),
      ...(id === openBanking.providerId ? family : []),
    ];
    if (isAtFault(patient, names))
      return [skipped(area, definition.displayName, 'its variables are at fault')];
    const webhookUrl = webhookUrlAt(baseUrl, id);
    const dependencies = { ...dependenciesOf(definition), credentials, webhookUrl };
    return made(definition.displayName, () => providerChecks(definition, variables, dependencies));
  });
}

function providerChecks(
  definition: ProviderDefinition,
  variables: Record<string, unknown>,
  dependencies: ProviderDependencies,
): readonly ServiceCheck[] {
  if (definition.checks) return definition.checks(variables, dependencies);
  const { ais } = definition.createClient(variables, dependencies);
  if (ais === undefined) return [];
  return [{ subject: '', run: async () => judgeBanks(await ais.listBanks()) }];
}

function judgeBanks(banks: readonly unknown[]): CheckVerdict {
  if (banks.length > 0) return ok(`takes the credentials, and offers ${banks.length} banks`);
  return warning('takes the credentials, and offers no bank', 'compare the country and the agreement');
}

/** The checks of a service, under its name. A client that cannot be made is a finding. */
function made(name: string, create: () => readonly ServiceCheck[]): Check[] {
  try {
    const checks = create();
    if (checks.length === 0) return [skipped(area, name, 'is not configured')];
    return checks.map(({ subject, run }) =>
      checkOf(area, subject === '' ? name : `${name}, ${subject}`, async (signal) => run(signal)),
    );
  } catch (error) {
    const text = isDropError(error) ? error.message : 'its client cannot be made';
    return [checkOf(area, name, async () => failed(text, 'correct its variables (docs/configuration.md)'))];
  }
}
