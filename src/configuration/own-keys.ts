import type { NamedKey } from '#domain/key-fingerprint.ts';
import { encryptionKeysOf } from './encryption-keys.ts';
import { hashKeysOf } from './hash-keys.ts';
import type { CoreVariables } from './variables.ts';

/** The variables that give Drop's own keys, and those that say which of them are required. */
export const keyVariables = [
  'DROP_ENVIRONMENT',
  'NEXT_PUBLIC_SERVICE_MODE',
  'NATIONAL_ID_HASH_KEY',
  'NATIONAL_ID_HASH_KEY_ID',
  'NATIONAL_ID_HASH_FORMER_KEYS',
  'NATIONAL_ID_HASH_LOST_KEYS',
  'NATIONAL_ID_HASH_PLAIN',
  'DATA_ENCRYPTION_KEY',
  'DATA_ENCRYPTION_KEY_ID',
  'DATA_ENCRYPTION_FORMER_KEYS',
] as const satisfies readonly (keyof CoreVariables)[];

export type KeyVariables = Pick<CoreVariables, (typeof keyVariables)[number]>;

/** Drop's own keys as configured, to compare them with the database. */
export function ownKeysOf(config: KeyVariables): {
  hashing: readonly NamedKey[];
  plain: boolean;
  lostHashKeyIds: readonly string[];
  encryption: readonly NamedKey[];
} {
  const { keys, formerKeys = [], plain } = hashKeysOf(config);
  const encryption = encryptionKeysOf(config);
  return {
    hashing: [...keys, ...formerKeys],
    plain,
    lostHashKeyIds: config.NATIONAL_ID_HASH_LOST_KEYS ?? [],
    encryption: [encryption.current, ...encryption.formerKeys],
  };
}
