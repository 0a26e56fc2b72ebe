import type { z } from 'zod';
import { addressUnder } from '#domain/address.ts';
import { DropError } from '#domain/errors.ts';
import type { ProviderDefinition } from '#services/open-banking/definition.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { commandFaults } from './command-rules.ts';
import { isGivenTwice, processEnvironment, readVariable, type Environment } from './environment.ts';
import { readOpenBanking, type OpenBankingSettings } from './open-banking.ts';
import { formerServiceFaults } from './former-services.ts';
import { listeningOf, type Listening } from './listening.ts';
import { nodeFaults } from './node-rules.ts';
import { faultsOf } from './rules.ts';
import { allVariables, type CoreVariables } from './variables.ts';
import type { Fault } from './variables/fault.ts';

/** Drop's configuration: the core variables as read, with what follows from them. */
export type Config = Omit<CoreVariables, keyof Listening> &
  Listening & {
    baseUrl: string;
    /** How long Drop serves on after SIGTERM. */
    shutdownDelayMs: number;
    bankIdCallbackUrl: string;
    bankIdCallbackUrlMobile: string;
    openBanking: OpenBankingSettings;
  };

/** The variables that say which rules hold: with one of them at fault the rules would only mislead. */
const decisive = new Set(['DROP_ENVIRONMENT', 'NEXT_PUBLIC_SERVICE_MODE']);

/**
 * Reads the configuration from `environment`. `NAME_FILE` names a file that holds the value of `NAME`; an empty value
 * counts as absent.
 *
 * @throws {DropError} `configuration_invalid`; its message lists every fault at once, each with what to do.
 */
export function loadConfig(
  environment: Environment = processEnvironment,
  providers: readonly ProviderDefinition[] = openBankingProviders,
): Config {
  const { core, all, faults } = readAll(environment, providers);
  if (faults.length > 0) throw configurationInvalid(faults);
  return configOf(core, all, providers);
}

/** A configuration that may be at fault. */
export interface InspectedConfig {
  /** Of a variable at fault it has the default, or nothing. */
  config: Config;
  faults: readonly Fault[];
}

/** Reads the configuration as `loadConfig` does, and returns the faults beside what can be read in spite of them. */
export function inspectConfig(
  environment: Environment = processEnvironment,
  providers: readonly ProviderDefinition[] = openBankingProviders,
): InspectedConfig {
  const { core, all, faults } = readAll(environment, providers);
  return { config: configOf(core, all, providers), faults };
}

function configOf(
  core: CoreVariables,
  all: Record<string, unknown>,
  providers: readonly ProviderDefinition[],
): Config {
  const baseUrl = addressUnder(core.BASE_URL ?? `http://localhost:${core.PORT}`, '');
  return {
    ...core,
    ...listeningOf(core),
    baseUrl,
    shutdownDelayMs: 1000 * (core.SHUTDOWN_DELAY_SECONDS ?? (core.DROP_ENVIRONMENT === 'sandbox' ? 0 : 5)),
    bankIdCallbackUrl: core.BANKID_CALLBACK_URL ?? `${baseUrl}/api/auth/bankid/callback`,
    bankIdCallbackUrlMobile: core.BANKID_CALLBACK_URL_MOBILE ?? `${baseUrl}/api/auth/bankid/mobile/return`,
    openBanking: readOpenBanking(core, all, { providers, baseUrl }),
  };
}

/**
 * Reads only the variables `names`, for a command that needs no other: what is wrong with the rest is no concern of it.
 *
 * @throws {DropError} `configuration_invalid`; its message lists the faults of these variables.
 */
export function loadVariables<Name extends keyof CoreVariables>(
  names: readonly Name[],
  environment: Environment = processEnvironment,
): Pick<CoreVariables, Name> {
  const { core, faults } = readAll(environment, openBankingProviders);
  const own = new Set<string>(names);
  const concerned = faults.filter(({ variable }) => own.has(variable.replace(/_FILE$/, '')));
  if (concerned.length > 0) throw configurationInvalid(concerned);
  return core;
}

/** Reads every variable, with every fault. */
function readAll(
  environment: Environment,
  providers: readonly ProviderDefinition[],
): { core: CoreVariables; all: Record<string, unknown>; faults: Fault[] } {
  const variables = allVariables(providers);
  const { values, faults } = readValues(environment, variables);
  faults.push(...formerServiceFaults(environment));
  const given = new Set(Object.keys(values));
  const all = parseValues(values, variables, faults);
  const core = all as unknown as CoreVariables;
  if (!faults.some(({ variable }) => decisive.has(variable))) {
    const known = new Set(faults.map(({ variable }) => variable.replace(/_FILE$/, '')));
    const found = faultsOf({ core, all, given, providers });
    faults.push(...found.filter(({ variable }) => !known.has(variable)));
    if (core.DROP_ENVIRONMENT === 'production')
      faults.push(...nodeFaults(environment), ...commandFaults(environment));
  }
  return { core, all, faults };
}

function readValues(
  environment: Environment,
  variables: z.ZodObject,
): { values: Record<string, string>; faults: Fault[] } {
  const values: Record<string, string> = {};
  const faults: Fault[] = [];
  for (const name of Object.keys(variables.shape)) {
    if (isGivenTwice(environment, name))
      faults.push({ variable: name, problem: `is set, and so is ${name}_FILE: keep one of them` });
    try {
      const value = readVariable(environment, name);
      if (value) values[name] = value;
    } catch {
      faults.push(unreadable(`${name}_FILE`, environment));
    }
  }
  return { values, faults };
}

/** Shows a plain absolute path and nothing else, since a secret itself may stand where the name of its file belongs. */
function unreadable(variable: string, environment: Environment): Fault {
  const path = environment[variable] ?? '';
  if (/^\/[\w./-]*$/.test(path)) return { variable, problem: `names ${path}, which cannot be read` };
  return { variable, problem: 'names a file that cannot be read' };
}

/** What is at fault counts as absent from then on, so that the rules can tell of the rest. */
function parseValues(
  values: Record<string, string>,
  variables: z.ZodObject,
  faults: Fault[],
): Record<string, unknown> {
  const parsed = variables.safeParse(values);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const variable = issue.path.join('.');
    faults.push({ variable, problem: problemOfIssue(issue) });
    delete values[String(issue.path[0])];
  }
  return variables.parse(values);
}

/** Goes on from the variable's name. Never holds the value, which may be a secret. */
function problemOfIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`;
  if (issue.code === 'invalid_type') return 'must be a whole number';
  if (issue.code === 'too_small') return `must be at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`;
  if (issue.code !== 'invalid_format') return issue.message;
  if (issue.format === 'url') return 'must be an address, http: or https:';
  return `must have the form ${issue.pattern ?? issue.format}`;
}

function configurationInvalid(faults: Fault[]): DropError {
  const lines = faults.map(({ variable, problem }) => `  ${variable} ${problem}`);
  return new DropError('configuration_invalid', {
    message: `The configuration is at fault (${faults.length}):\n${lines.join('\n')}`,
    fields: faults.map(({ variable, problem }) => ({ field: variable, message: problem })),
  });
}
