import { parentPort, workerData } from 'node:worker_threads';
import { nationalIdentityNumbers, type Enumeration } from '#domain/identity/national-identity-enumeration.ts';
import { createNationalIdentityHasher } from '#domain/identity/national-identity-hash.ts';
import { Secret } from '#domain/secret.ts';
import type { HashMove, StoredHash } from '#store/national-identity-hashes.ts';

/** The data that a worker starts with. The keys do not leave the process. */
export interface SearchData {
  /** The current key is the first of the hasher's `keyIds`. */
  keys: { id: string; key: string }[];
  formerKeys: { id: string; key: string }[];
  plain: boolean;
  sought: Pick<StoredHash, 'hash' | 'keyId'>[];
  /** One shared integer: the number of hashes not yet found by any thread. At 0 all threads stop. */
  left: Int32Array;
}

// A thread of `findMoves`: it receives an enumeration and answers with the moves found in it. It returns no number.
const data = workerData as SearchData;
const secretly = (keys: SearchData['keys']) => keys.map(({ id, key }) => ({ id, key: new Secret(key) }));
const hasher = createNationalIdentityHasher({
  keys: secretly(data.keys),
  formerKeys: secretly(data.formerKeys),
  plain: data.plain,
});
const sought = new Set(data.sought.map(({ hash }) => hash));
const keyIds = [...new Set(data.sought.map(({ keyId }) => keyId))];

parentPort?.on('message', (enumeration: Enumeration) => {
  const moves: HashMove[] = [];
  for (const digits of nationalIdentityNumbers(enumeration)) {
    if (Atomics.load(data.left, 0) === 0) break;
    const number = new Secret(digits);
    for (const keyId of keyIds) {
      const { hash } = hasher.under(keyId, number);
      if (!sought.has(hash)) continue;
      Atomics.sub(data.left, 0, 1);
      const current = hasher.current(number);
      moves.push({ from: hash, to: current.hash, toKeyId: current.keyId });
    }
  }
  parentPort?.postMessage(moves);
});
