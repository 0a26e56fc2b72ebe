import { createHash, createHmac } from 'node:crypto';
import { assert } from '../errors.ts';
import type { Secret } from '../secret.ts';

/** Domain separation: the same key gives a different hash in any other use. */
const domainPrefix = 'drop:national-identity-number:v1|';
/** The `keyId` of hashes made without a key. */
export const plainKeyId = 'plain';

export interface NationalIdentityHash {
  /** 64 lower-case hexadecimal digits. */
  hash: string;
  /** Identifies the key; stored beside the hash. */
  keyId: string;
}

export interface NationalIdentityHashKey {
  id: string;
  key: Secret;
}

/**
 * Turns national identity numbers into what Drop stores instead of them. There are only about 39 million valid numbers,
 * so a hash without a key can be reversed in about a minute by trying them all. The key is kept outside the database,
 * so a stolen database cannot be reversed this way.
 */
export interface NationalIdentityHasher {
  /** The hash to store, under the current key. */
  current(number: Secret): NationalIdentityHash;
  /** The hashes to look a person up by: under the current key first, then under the former ones. */
  candidates(number: Secret): NationalIdentityHash[];
  /** The ids of the keys, in the order of `candidates`. */
  keyIds: readonly string[];
  /** The hash under the key `keyId`, which must be one of `keyIds`. */
  under(keyId: string, number: Secret): NationalIdentityHash;
}

/** The keys of a hasher. */
export interface NationalIdentityHashKeys {
  /** The current one first. Former ones may follow it. */
  keys: readonly NationalIdentityHashKey[];
  /** Used for look-up only. They never become current, even when `keys` is empty. */
  formerKeys?: readonly NationalIdentityHashKey[];
  /** Adds SHA-256 of the number without a key. */
  plain: boolean;
}

/**
 * HMAC-SHA-256 under `keys`, the current one first and former ones after it, `formerKeys` last. `plain` adds SHA-256 of
 * the number without a key: beside `keys` it is the last former mode (to migrate away from plain hashes); without
 * `keys` it is the current mode (to migrate to plain hashes, with `formerKeys`).
 */
export function createNationalIdentityHasher(options: NationalIdentityHashKeys): NationalIdentityHasher {
  const { keys, formerKeys = [] } = options;
  const keyed = [...keys, ...formerKeys].map(({ id }) => id);
  assert(
    new Set([...keyed, plainKeyId]).size === keyed.length + 1,
    'ids of hash keys differ from each other',
  );
  const modes = [...keys, ...formerKeys].map((key) => ({ id: key.id, hash: keyedHash(key) }));
  const plain = options.plain ? [{ id: plainKeyId, hash: plainHash }] : [];
  const ordered = keys.length > 0 ? [...modes, ...plain] : [...plain, ...modes];
  const [current] = ordered;
  assert(
    current && (keys.length > 0 || options.plain),
    'a national identity number is hashed with a key, or plainly on purpose',
  );
  const byId = new Map(ordered.map(({ id, hash }) => [id, hash]));
  return {
    current: current.hash,
    candidates: (number) => ordered.map(({ hash }) => hash(number)),
    keyIds: ordered.map(({ id }) => id),
    under(keyId, number) {
      const hash = byId.get(keyId);
      assert(hash, 'only configured keys hash');
      return hash(number);
    },
  };
}

type Hash = (number: Secret) => NationalIdentityHash;

function keyedHash({ id, key }: NationalIdentityHashKey): Hash {
  return (number) => {
    const hash = createHmac('sha256', key.reveal())
      .update(`${domainPrefix}${digitsOf(number)}`)
      .digest('hex');
    return { hash, keyId: id };
  };
}

function plainHash(number: Secret): NationalIdentityHash {
  return { hash: createHash('sha256').update(digitsOf(number)).digest('hex'), keyId: plainKeyId };
}

/** A different spelling of the same number would give a different hash, and so a second user. */
function digitsOf(number: Secret): string {
  const digits = number.reveal();
  assert(/^[0-9]{11}$/.test(digits), 'only eleven digits are hashed');
  return digits;
}
