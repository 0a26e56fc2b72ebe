import { loadVariables } from '#configuration/config.ts';
import { processEnvironment } from '#configuration/environment.ts';
import { keyVariables, type KeyVariables } from '#configuration/own-keys.ts';
import { environmentOfDrop } from '#configuration/sandbox-environment.ts';
import { systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { openStore, operatorLimits } from '#store/database.ts';
import type { OperatorContext } from '#usecases/operate/context.ts';
import { databaseFault } from '#store/database-fault.ts';
import { runningDatabase } from './running-database.ts';

/**
 * Runs a command that needs Drop's own keys on Drop's database: `DATABASE_URL`, or that of the sandbox that runs.
 *
 * @throws {DropError} `configuration_invalid` without keys, or without a database; `database_unavailable`.
 */
export async function withDatabase<Result>(
  work: (context: OperatorContext, keys: KeyVariables) => Promise<Result>,
): Promise<Result> {
  const { environment } = environmentOfDrop(processEnvironment);
  const config = loadVariables([...keyVariables, 'DATABASE_URL'], environment);
  const { url, name } = await runningDatabase();
  const store = openStore(url, { limits: operatorLimits });
  try {
    return await work({ store, clock: systemClock, entropy: systemEntropy }, config);
  } catch (error) {
    throw databaseFault(error, { url, name });
  } finally {
    await store.close();
  }
}
