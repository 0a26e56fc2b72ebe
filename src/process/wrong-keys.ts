import { randomBytes } from 'node:crypto';
import type { Config } from '#configuration/config.ts';
import { encryptionKeysOf } from '#configuration/encryption-keys.ts';
import { ownKeysOf } from '#configuration/own-keys.ts';
import type { Clock } from '#domain/clock.ts';
import { isDropError } from '#domain/errors.ts';
import { createSealer } from '#domain/sealer.ts';
import type { Store } from '#store/database.ts';
import type { Log } from '#usecases/context.ts';
import type { ConfiguredKeys } from '#usecases/operate/changed-keys.ts';
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
  try {
    await compareKeys(config, store);
  } catch (error) {
    const isSandbox = config.DROP_ENVIRONMENT === 'sandbox';
    if (!isSandbox || !isDropError(error, 'configuration_invalid')) throw error;
    log('warn', `${error.message} "npm start -- --fresh" begins anew.`);
  }
  await recordKeys(store.database, keysOf(config), clock.now());
}

/**
 * Compares the configured keys with those that the database was filled with, and remembers nothing.
 *
 * @throws {DropError} `configuration_invalid`, as `checkKeys`.
 */
export async function compareKeys(config: Config, store: Store): Promise<void> {
  await refuseWrongKeys(store.database, keysOf(config));
}

function keysOf(config: Config): ConfiguredKeys {
  const sealer = createSealer({ ...encryptionKeysOf(config), newNonce: () => randomBytes(12) });
  return { ...ownKeysOf(config), sealer };
}
