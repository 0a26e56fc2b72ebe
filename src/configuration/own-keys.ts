import type { NamedKey } from '#domain/key-fingerprint.ts';
import { encryptionKeysOf } from './encryption-keys.ts';
import { hashKeysOf } from './hash-keys.ts';
import type { CoreVariables } from './variables.ts';

/** Drop's own keys as configured, to compare them with the database. */
export function ownKeysOf(config: CoreVariables): {
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
