import { loadConfig, type Config } from '#configuration/config.ts';
import { DropError } from '#domain/errors.ts';
import { databaseError, openStore, type Database } from '#store/database.ts';

/**
 * Runs a command on Drop's database.
 *
 * @throws {DropError} `configuration_invalid` without `DATABASE_URL`; `database_unavailable`.
 */
export async function withDatabase<T>(run: (database: Database, config: Config) => Promise<T>): Promise<T> {
  const config = loadConfig();
  if (!config.DATABASE_URL) {
    const message =
      'DATABASE_URL is required, because this command does not use the embedded database of a running Drop';
    throw new DropError('configuration_invalid', { message });
  }
  const store = openStore(config.DATABASE_URL.reveal());
  try {
    return await run(store.database, config);
  } catch (error) {
    throw databaseError(error);
  } finally {
    await store.close();
  }
}
