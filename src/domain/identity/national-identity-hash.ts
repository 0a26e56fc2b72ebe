import { createHash, createHmac } from 'node:crypto';
import { assert } from '../errors.ts';
import type { Secret } from '../secret.ts';

/** Keeps the same key from giving the same hash in another use of it. */
const domainPrefix = 'drop:national-identity-number:v1|';
/** The `keyId` of hashes made without a key. */
export const plainKeyId = 'plain';

export interface NationalIdentityHash {
  /** 64 lower-case hexadecimal digits. */
  hash: string;
  /** Names the key, and is stored beside the hash. */
  keyId: string;
}

export interface NationalIdentityHashKey {
  id: string;
  key: Secret;
}

/**
 * Turns national identity numbers into what Drop stores instead of them. There are only some 39 million valid numbers,
 * so a hash without a key is undone by trying them all, in about a minute; under a key that is kept outside the
 * database it is not.
 */
export interface NationalIdentityHasher {
  /** What to store now. */
  current(number: Secret): NationalIdentityHash;
  /** Under the current key first, then under the former ones: where to look a person up before storing `current`. */
  candidates(number: Secret): NationalIdentityHash[];
  /** The ids of the keys, in the order of `candidates`. */
  keyIds: readonly string[];
  /** Under that one of `keyIds`. */
  under(keyId: string, number: Secret): NationalIdentityHash;
}

/** What a hasher is made of. */
export interface NationalIdentityHashKeys {
  /** The current one first. Former ones may follow it. */
  keys: readonly NationalIdentityHashKey[];
  /** Never current, not even where there are no `keys`. */
  formerKeys?: readonly NationalIdentityHashKey[];
  /** Adds SHA-256 of the bare number. */
  plain: boolean;
}

/**
 * HMAC-SHA-256 under `keys`, the current one first and former ones after it, `formerKeys` last. `plain` adds SHA-256 of
 * the bare number: with `keys` as the last former mode (for the move away from it), without `keys` as the current one
 * (for the move to it, with `formerKeys`).
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

/** Another spelling of the same number would be another hash, and so another user. */
function digitsOf(number: Secret): string {
  const digits = number.reveal();
  assert(/^[0-9]{11}$/.test(digits), 'only eleven digits are hashed');
  return digits;
}
