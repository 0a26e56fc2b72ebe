import { loadVariables } from '#configuration/config.ts';
import { keyVariables, type KeyVariables } from '#configuration/own-keys.ts';
import { systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { DropError } from '#domain/errors.ts';
import { openStore, operatorLimits } from '#store/database.ts';
import type { OperatorContext } from '#usecases/operate/context.ts';
import { databaseFault } from '#store/database-fault.ts';

/**
 * Runs a command that needs Drop's own keys on Drop's database.
 *
 * @throws {DropError} `configuration_invalid` without `DATABASE_URL`; `database_unavailable`.
 */
export async function withDatabase<Result>(
  work: (context: OperatorContext, keys: KeyVariables) => Promise<Result>,
): Promise<Result> {
  const config = loadVariables([...keyVariables, 'DATABASE_URL']);
  const url = config.DATABASE_URL?.reveal();
  if (url === undefined) {
    const message =
      'DATABASE_URL is required, because this command does not use the embedded database of a running Drop';
    throw new DropError('configuration_invalid', { message });
  }
  const store = openStore(url, { limits: operatorLimits });
  try {
    return await work({ store, clock: systemClock, entropy: systemEntropy }, config);
  } catch (error) {
    throw databaseFault(error, { url, name: 'DATABASE_URL' });
  } finally {
    await store.close();
  }
}
