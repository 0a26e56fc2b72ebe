import type { z } from 'zod';
import { inspectConfig, type Config } from '#configuration/config.ts';
import { processEnvironment, readVariable, type Environment } from '#configuration/environment.ts';
import { environmentOfDrop } from '#configuration/sandbox-environment.ts';
import { allVariables } from '#configuration/variables.ts';
import type { Fault } from '#configuration/variables/fault.ts';
import { metaOf } from '#configuration/variables/variable.ts';
import type { Clock } from '#domain/clock.ts';
import type { Entropy } from '#domain/entropy.ts';
import type { ProviderDefinition } from '#services/open-banking/definition.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import type { DatabasePlace } from '#store/database-fault.ts';
import { runningEmbeddedPostgres } from '#store/embedded/postgres.ts';

/** Drop as it is configured: what the checks look at. */
export interface Patient {
  environment: Environment;
  /** Where the environment is from, in words. */
  origin: string;
  config: Config;
  faults: readonly Fault[];
  /** The providers of open banking that there are. */
  providers: readonly ProviderDefinition[];
  /** Whether a sandbox was started here and its embedded database does not run. */
  hasLostDatabase: boolean;
  /** Undefined where no address is configured that can be read, and no embedded server runs. */
  database: { pooled: DatabasePlace; direct: DatabasePlace } | undefined;
  clock: Clock;
  entropy: Entropy;
}

export type PatientParts = Pick<Patient, 'clock' | 'entropy'> & Partial<Pick<Patient, 'environment'>>;

/**
 * Reads the configuration of this machine: the environment, or, without an address of a database in it, that of the
 * sandbox that runs in the data directory, also when its database has ended.
 */
export async function readPatient({ environment: given, ...parts }: PatientParts): Promise<Patient> {
  const outer = given ?? processEnvironment;
  const dataDirectory = outer['DROP_DATA_DIR'] ?? '.drop';
  const embeddedUrl = await runningEmbeddedPostgres(dataDirectory).catch(() => undefined);
  const { environment, isSandbox } = environmentOfDrop(outer);
  const { config, faults } = inspectConfig(environment, openBankingProviders);
  return {
    ...parts,
    environment,
    hasLostDatabase: isSandbox && embeddedUrl === undefined,
    origin: isSandbox ? `the sandbox that runs in ${dataDirectory}` : 'the environment',
    config,
    faults,
    providers: openBankingProviders,
    database: isAtFault({ faults }, ['DATABASE_URL', 'DATABASE_DIRECT_URL'])
      ? undefined
      : databaseOf(config, embeddedUrl && { url: embeddedUrl, name: dataDirectory }),
  };
}

function databaseOf(config: Config, embedded: DatabasePlace | undefined | ''): Patient['database'] {
  const url = config.DATABASE_URL?.reveal();
  const pooled = url === undefined ? embedded || undefined : { url, name: 'DATABASE_URL' };
  if (pooled === undefined) return undefined;
  const direct = config.DATABASE_DIRECT_URL?.reveal();
  return { pooled, direct: direct === undefined ? pooled : { url: direct, name: 'DATABASE_DIRECT_URL' } };
}

/** Whether one of the variables is at fault, whose value must not be used then. */
export function isAtFault({ faults }: Pick<Patient, 'faults'>, names: readonly string[]): boolean {
  return faults.some(({ variable }) => names.includes(variable.replace(/_FILE$/, '')));
}

/** A secret as configured. */
export interface GivenSecret {
  variable: string;
  /** Undefined where its file cannot be read. */
  value: string | undefined;
}

/** Every secret that is configured, by its variable. */
export function givenSecrets({ environment, providers }: Patient): GivenSecret[] {
  const shape: Readonly<Record<string, z.core.$ZodType>> = allVariables(providers).shape;
  return Object.entries(shape).flatMap(([variable, schema]) => {
    if (metaOf(schema)?.secret !== true) return [];
    if (!environment[variable] && !environment[`${variable}_FILE`]) return [];
    return [{ variable, value: valueOf(environment, variable) }];
  });
}

function valueOf(environment: Environment, variable: string): string | undefined {
  try {
    return readVariable(environment, variable);
  } catch {
    return undefined;
  }
}
