import { unreadableAddressProblem } from '#configuration/database-address.ts';
import { sandboxEnvironment } from '#configuration/sandbox-environment.ts';
import { processEnvironment, readVariable } from '#configuration/environment.ts';
import { systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { DropError } from '#domain/errors.ts';
import { openStore, operatorLimits } from '#store/database.ts';
import { runningEmbeddedPostgres } from '#store/embedded/postgres.ts';
import type { OperatorContext } from '#usecases/operate/context.ts';
import { databaseFault, type DatabasePlace } from '#store/database-fault.ts';

/**
 * Runs `work` on Drop's database: `DATABASE_URL`, or the embedded one of a running Drop. It needs no other variable, so
 * that an operator can use it without the providers' secrets.
 *
 * @throws {DropError} `configuration_invalid` when there is neither; `database_unavailable`.
 */
export async function onRunningDatabase<Result>(
  work: (context: OperatorContext) => Promise<Result>,
): Promise<Result> {
  const { url, name } = await runningDatabase();
  const store = openStore(url, { limits: operatorLimits });
  try {
    return await work({ store, clock: systemClock, entropy: systemEntropy });
  } catch (error) {
    throw databaseFault(error, { url, name });
  } finally {
    await store.close();
  }
}

/**
 * The address of PostgreSQL itself, not of a pooler.
 *
 * @throws {DropError} `configuration_invalid` when there is neither an address nor a running Drop.
 */
export async function directDatabase(): Promise<DatabasePlace> {
  const url = configuredAddress('DATABASE_DIRECT_URL');
  return url === undefined ? runningDatabase() : { url, name: 'DATABASE_DIRECT_URL' };
}

/** @throws {DropError} `configuration_invalid`, without the address: it may hold a password. */
function configuredAddress(variable: 'DATABASE_URL' | 'DATABASE_DIRECT_URL'): string | undefined {
  const address = readVariable(processEnvironment, variable);
  const problem = address === undefined ? undefined : unreadableAddressProblem(address);
  if (problem === undefined) return address;
  throw new DropError('configuration_invalid', { message: `${variable} ${problem}` });
}

/**
 * The address of `DATABASE_URL`, or of the embedded database of a running Drop.
 *
 * @throws {DropError} `configuration_invalid` when there is neither; `database_unavailable`.
 */
export async function runningDatabase(): Promise<DatabasePlace> {
  const configured = configuredAddress('DATABASE_URL');
  if (configured !== undefined) return { url: configured, name: 'DATABASE_URL' };
  const dataDirectory = readVariable(processEnvironment, 'DROP_DATA_DIR') ?? '.drop';
  const url = await runningEmbeddedPostgres(dataDirectory);
  if (url !== undefined) return { url, name: dataDirectory };
  throw nothingRuns(dataDirectory);
}

/** A sandbox that was started and not stopped has left its variables: only its database has ended. */
function nothingRuns(dataDirectory: string): DropError {
  if (sandboxEnvironment(dataDirectory) !== undefined) {
    const advice = `read ${dataDirectory}/postgres/server.log, then stop Drop and start it again`;
    const message = `The embedded database in ${dataDirectory} does not run: ${advice}.`;
    return new DropError('database_unavailable', { message });
  }
  const message = `No DATABASE_URL is set, and no Drop is running on ${dataDirectory}: set it, or start Drop.`;
  return new DropError('configuration_invalid', { message });
}
