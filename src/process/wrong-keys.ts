import { randomBytes } from 'node:crypto';
import type { Config } from '#configuration/config.ts';
import { encryptionKeysOf } from '#configuration/encryption-keys.ts';
import { ownKeysOf } from '#configuration/own-keys.ts';
import type { Clock } from '#domain/clock.ts';
import { isDropError } from '#domain/errors.ts';
import { createSealer } from '#domain/sealer.ts';
import type { Store } from '#store/database.ts';
import type { Log } from '#usecases/context.ts';
import { recordKeys, refuseWrongKeys } from '#usecases/operate/key-check.ts';

/**
 * Refuses a start whose keys are not those that the database was filled with, such as after a restore, and remembers
 * the keys otherwise. The sandbox goes on with a warning: its people are made up, and its hash key is a file that may
 * be gone.
 *
 * @throws {DropError} `configuration_invalid`; its message names each key's id and variable, and what to do.
 */
export async function checkKeys(parts: {
  config: Config;
  store: Store;
  clock: Clock;
  log: Log;
}): Promise<void> {
  const { config, store, clock, log } = parts;
  const sealer = createSealer({ ...encryptionKeysOf(config), newNonce: () => randomBytes(12) });
  const keys = { ...ownKeysOf(config), sealer };
  try {
    await refuseWrongKeys(store.database, keys);
  } catch (error) {
    const isSandbox = config.DROP_ENVIRONMENT === 'sandbox';
    if (!isSandbox || !isDropError(error, 'configuration_invalid')) throw error;
    log('warn', `${error.message} "npm start -- --fresh" begins anew.`);
  }
  await recordKeys(store.database, keys, clock.now());
}
