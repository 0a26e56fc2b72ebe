import { loadConfig, type Config } from '#configuration/config.ts';
import { systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { DropError } from '#domain/errors.ts';
import { databaseError, openStore, operatorLimits } from '#store/database.ts';
import type { OperatorContext } from '#usecases/operate/context.ts';

/**
 * Runs a command on Drop's database.
 *
 * @throws {DropError} `configuration_invalid` without `DATABASE_URL`; `database_unavailable`.
 */
export async function withDatabase<Result>(
  work: (context: OperatorContext, config: Config) => Promise<Result>,
): Promise<Result> {
  const config = loadConfig();
  if (!config.DATABASE_URL) {
    const message =
      'DATABASE_URL is required, because this command does not use the embedded database of a running Drop';
    throw new DropError('configuration_invalid', { message });
  }
  const store = openStore(config.DATABASE_URL.reveal(), { limits: operatorLimits });
  try {
    return await work({ store, clock: systemClock, entropy: systemEntropy }, config);
  } catch (error) {
    throw databaseError(error);
  } finally {
    await store.close();
  }
}
