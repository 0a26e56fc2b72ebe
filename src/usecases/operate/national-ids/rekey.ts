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

/** Held in memory at once, and sought in one walk through all numbers. */
const soughtMax = 250_000;
const batchMax = 500;

export interface KeyStatus {
  keyId: string;
  users: number;
  /** `unknown`: the configuration has no such key, so nobody under it can be found or moved. */
  key: 'current' | 'former' | 'unknown';
}

/** How many users are under which key; configured keys without users are told too. */
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
  /** Whose hash was recomputed; with `dryRun`, would be. */
  moved: number;
  /** By the key that they stay under. */
  remaining: KeyStatus[];
}

/** Moves every hash that is under a former key, and whose number is in the span of births, to the current key. */
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
