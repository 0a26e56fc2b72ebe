import type { DefinitionCore } from '#services/definition.ts';
import type { ProviderDefinition } from '#services/open-banking/definition.ts';
import { serviceEntries } from '#services/services.ts';
import { auditFaults } from './audit.ts';
import { addressFaults, type GivenVariable } from './address-rules.ts';
import { unreadableAddressProblem } from './database-address.ts';
import { encryptionKeyFaults } from './encryption-keys.ts';
import { formerHashKeyFaults, hashKeyFaults } from './hash-key-rules.ts';
import { listeningFaults } from './listening.ts';
import { operatorFaults } from './operator.ts';
import { liveProviders, openBankingFaults } from './open-banking.ts';
import { isPlaceholder } from './placeholder.ts';
import { productionFaults } from './production-rules.ts';
import { coreVariables, providerVariables, type CoreVariables } from './variables.ts';
import { dropVariables } from './variables/drop.ts';
import type { Fault } from './variables/fault.ts';
import { metaOf, type Setting } from './variables/variable.ts';

/** The values that were read, and the names of the variables that were set. */
export interface ReadVariables {
  core: CoreVariables;
  /** The providers' variables too. */
  all: Readonly<Record<string, unknown>>;
  /** The names of those that are set; the others have their defaults. */
  given: ReadonlySet<string>;
  providers: readonly ProviderDefinition[];
}

/** The rules that reach beyond one variable. */
export function faultsOf(read: ReadVariables): Fault[] {
  const { core, all, providers } = read;
  const isMock = core.NEXT_PUBLIC_SERVICE_MODE === 'mock';
  const judged = variablesToJudge(read);
  const faults = isMock ? [] : [...missing(read), ...hashKeyFaults(core)];
  faults.push(...databaseFaults(core));
  faults.push(
    ...formerHashKeyFaults(core),
    ...encryptionKeyFaults(core),
    ...auditFaults(core),
    ...operatorFaults(core),
  );
  faults.push(...openBankingFaults(core, all, providers));
  faults.push(...serviceFaults(read));
  faults.push(...listeningFaults(core, isMock || hasMock(core)));
  const isSandbox = core.DROP_ENVIRONMENT === 'sandbox';
  if (!isSandbox || !isMock) faults.push(...addressFaults(judged, isSandbox));
  if (core.DROP_ENVIRONMENT !== 'production') return faults;
  const known = new Set(faults.map(({ variable }) => variable));
  const dangers = productionFaults(core, judged).filter(({ variable }) => !known.has(variable));
  return [...faults, ...dangers];
}

function hasMock(core: CoreVariables): boolean {
  return serviceEntries.some(([, definition]) => definition.isMocked?.(core) === true);
}

/** The embedded database has no pooler, so a second address would lead to another database. */
function databaseFaults(core: CoreVariables): Fault[] {
  const { DATABASE_URL, DATABASE_DIRECT_URL } = core;
  if (!DATABASE_URL && DATABASE_DIRECT_URL)
    return [{ variable: 'DATABASE_DIRECT_URL', problem: 'is set without DATABASE_URL: set both' }];
  return (['DATABASE_URL', 'DATABASE_DIRECT_URL'] as const).flatMap((variable) => {
    const address = core[variable]?.reveal();
    const isJudged = address !== undefined && !isPlaceholder(address);
    const problem = isJudged ? unreadableAddressProblem(address) : undefined;
    return problem === undefined ? [] : [{ variable, problem }];
  });
}

/** Of a provider that is not live only what is set is judged: it may have defaults that hold for nothing. */
function variablesToJudge({ core, all, given, providers }: ReadVariables): GivenVariable[] {
  const live = liveProviders(core, all, providers);
  const ofProviders = providers.flatMap((provider) =>
    variablesIn(providerVariables(provider).shape, all).filter(
      ({ variable }) => live.includes(provider) || given.has(variable),
    ),
  );
  return [...variablesIn(coreVariables.shape, all), ...ofProviders];
}

function variablesIn(
  shape: Readonly<Record<string, Parameters<typeof metaOf>[0]>>,
  values: Readonly<Record<string, unknown>>,
): GivenVariable[] {
  return Object.entries(shape).map(([variable, schema]) => {
    return { variable, value: values[variable], meta: metaOf(schema) };
  });
}

/** The definitions whose clients will be made. */
function liveDefinitions({ core, all, providers }: ReadVariables): DefinitionCore[] {
  const services = serviceEntries.map(([, definition]) => definition);
  return [
    ...services.filter((definition) => definition.isMocked?.(core) !== true),
    ...liveProviders(core, all, providers),
  ];
}

function missing(read: ReadVariables): Fault[] {
  const { all } = read;
  const isSet = ({ variable, value }: Setting): boolean => all[variable] === value;
  const declared = [dropVariables, ...liveDefinitions(read).map(({ variables }) => variables.shape)];
  return declared
    .flatMap((shape) => variablesIn(shape, all))
    .filter(({ value }) => value === undefined)
    .flatMap(({ variable, meta }) => {
      const { required, requiredWith, notRequiredWith } = meta ?? {};
      if (requiredWith && isSet(requiredWith))
        return [{ variable, problem: `is required with ${requiredWith.variable}=${requiredWith.value}` }];
      if (!required || (notRequiredWith && isSet(notRequiredWith))) return [];
      return [{ variable, problem: 'is required (or NEXT_PUBLIC_SERVICE_MODE=mock outside production)' }];
    });
}

/** The faults that the services' own rules find, including those of mocked services. */
function serviceFaults({ core, all, providers }: ReadVariables): Fault[] {
  const circumstances = {
    environment: core.DROP_ENVIRONMENT,
    isMock: core.NEXT_PUBLIC_SERVICE_MODE === 'mock',
  };
  const services = serviceEntries.map(([, definition]) => definition);
  const definitions: DefinitionCore[] = [...services, ...liveProviders(core, all, providers)];
  return definitions.flatMap((definition) => definition.rules?.(all, circumstances) ?? []);
}
