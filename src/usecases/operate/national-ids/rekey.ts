import {
  createNationalIdentityHasher,
  type NationalIdentityHashKeys,
} from '#domain/identity/national-identity-hash.ts';
import type { Database } from '#store/database.ts';
import {
  countUsersByHashKey,
  moveHashes,
  readHashes,
  type HashMove,
} from '#store/national-identity-hashes.ts';
import type { OperatorContext } from '../context.ts';
import { enumerationsOf, findMoves } from './search.ts';

/** The number of hashes held in memory at once and searched for in one pass over all numbers. */
const soughtMax = 250_000;
const batchMax = 500;

export interface KeyStatus {
  keyId: string;
  users: number;
  /** `unknown`: the configuration lacks this key, so users under it can be neither found nor moved. */
  key: 'current' | 'former' | 'unknown';
}

/** The number of users under each key, including configured keys without users. */
export async function hashKeyStatus(
  { store }: OperatorContext,
  keys: NationalIdentityHashKeys,
): Promise<KeyStatus[]> {
  const { keyIds } = createNationalIdentityHasher(keys);
  const counted = new Map(
    (await countUsersByHashKey(store.database)).map(({ keyId, users }) => [keyId, users]),
  );
  return [...new Set([...keyIds, ...counted.keys()])].map((keyId) => ({
    keyId,
    users: counted.get(keyId) ?? 0,
    key: keyId === keyIds[0] ? 'current' : keyIds.includes(keyId) ? 'former' : 'unknown',
  }));
}

export interface Rekeying {
  keys: NationalIdentityHashKeys;
  bornFrom: number;
  bornTo: number;
  synthetic: boolean;
  dryRun: boolean;
  onProgress(progress: { searched: number; of: number; found: number }): void;
}

export interface Rekeyed {
  /** The number of users whose hash was recomputed, or would be with `dryRun`. */
  moved: number;
  /** The former and unknown keys that still have users. */
  remaining: KeyStatus[];
}

/** Moves the hashes under former keys to the current key, for the years of birth in `rekeying`. */
export async function rekeyNationalIds(context: OperatorContext, rekeying: Rekeying): Promise<Rekeyed> {
  const { database } = context.store;
  const { keys, dryRun } = rekeying;
  const former = createNationalIdentityHasher(keys).keyIds.slice(1);
  const enumerations = enumerationsOf(rekeying);
  let moved = 0;
  let after: string | undefined;
  while (former.length > 0) {
    const sought = await readHashes(database, { keyIds: former, after, limit: soughtMax });
    if (sought.length === 0) break;
    after = sought.at(-1)?.id;
    let searched = 0;
    await findMoves({
      keys,
      sought,
      enumerations,
      async onSearched(moves) {
        moved += dryRun ? moves.length : await moveInBatches(database, moves);
        searched += 1;
        rekeying.onProgress({ searched, of: enumerations.length, found: moved });
      },
    });
  }
  const status = await hashKeyStatus(context, keys);
  return { moved, remaining: status.filter(({ key, users }) => key !== 'current' && users > 0) };
}

async function moveInBatches(database: Database, moves: readonly HashMove[]): Promise<number> {
  let moved = 0;
  for (let start = 0; start < moves.length; start += batchMax)
    moved += await moveHashes(database, moves.slice(start, start + batchMax));
  return moved;
}
