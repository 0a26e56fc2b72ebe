import type { Config } from '#configuration/config.ts';
import type { Clock } from '#domain/clock.ts';
import type { Entropy } from '#domain/entropy.ts';
import type { ProviderDefinition } from '#services/open-banking/definition.ts';
import type { Store } from '#store/database.ts';
import { migrate } from '#store/migrate.ts';
import { describeProgress } from '#store/upgrade/progress.ts';
import type { Log } from '#usecases/context.ts';
import { checkAddresses } from '#usecases/operate/database-addresses.ts';
import { warnOfAudit } from './audit-warning.ts';
import { refuseLostProviders } from './lost-providers.ts';
import { checkKeys } from './wrong-keys.ts';

export interface DatabaseParts {
  config: Config;
  store: Store;
  clock: Clock;
  entropy: Entropy;
  log: Log;
  providers: readonly ProviderDefinition[];
}

/**
 * Checks where the database's addresses lead, migrates the database, and checks that this configuration fits what it
 * holds: its keys, and the providers at which customers have something.
 *
 * @throws {DropError} `configuration_invalid` where it does not fit; `database_unavailable`.
 */
export async function prepareDatabase(parts: DatabaseParts): Promise<void> {
  const { store, clock, log } = parts;
  await checkAddresses(store);
  await migrate(store.directUrl, {
    clock,
    onProgress: (progress) => log('info', describeProgress(progress), progress),
  });
  await checkKeys(parts);
  await refuseLostProviders(parts);
  warnOfAudit(parts);
}
