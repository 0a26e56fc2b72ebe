import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Enumeration } from '#domain/identity/national-identity-enumeration.ts';
import type { NationalIdentityHashKeys } from '#domain/identity/national-identity-hash.ts';
import type { HashMove, StoredHash } from '#store/national-identity-hashes.ts';
import type { SearchData } from './worker.ts';

export interface Search {
  keys: NationalIdentityHashKeys;
  sought: readonly StoredHash[];
  enumerations: readonly Enumeration[];
  /** Called after each enumeration with the moves found in it. */
  onSearched(moves: HashMove[]): Promise<void>;
}

/** The enumerations to try. The rule of 1964 comes first, since nearly all numbers follow it. */
export function enumerationsOf(span: {
  bornFrom: number;
  bornTo: number;
  synthetic: boolean;
}): Enumeration[] {
  const years = new Set<number>();
  for (let year = span.bornFrom; year <= span.bornTo; year += 1) years.add(year % 100);
  const kinds: Enumeration['synthetic'][] = span.synthetic ? ['tenor', 'none'] : ['none'];
  return (['1964', '2032'] as const).flatMap((scheme) =>
    [...years].flatMap((twoDigitYear) => kinds.map((synthetic) => ({ twoDigitYear, scheme, synthetic }))),
  );
}

/** Tries every number of `enumerations` until all of `sought` are found, with one thread per processor. */
export async function findMoves(search: Search): Promise<void> {
  const waiting = [...search.enumerations];
  const left = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  left[0] = search.sought.length;
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: dataOf(search, left),
    });
    try {
      for (
        let next = waiting.shift();
        next !== undefined && Atomics.load(left, 0) > 0;
        next = waiting.shift()
      ) {
        worker.postMessage(next);
        const [moves] = (await once(worker, 'message')) as [HashMove[]];
        await search.onSearched(moves);
      }
    } finally {
      await worker.terminate();
    }
  };
  const threads = Math.min(availableParallelism(), waiting.length);
  await Promise.all(Array.from({ length: threads }, work));
}

function dataOf({ keys, sought }: Search, left: Int32Array): SearchData {
  const revealed = (list: NationalIdentityHashKeys['keys']): SearchData['keys'] =>
    list.map(({ id, key }) => ({ id, key: key.reveal() }));
  return {
    keys: revealed(keys.keys),
    formerKeys: revealed(keys.formerKeys ?? []),
    plain: keys.plain,
    left,
    sought: sought.map(({ hash, keyId }) => ({ hash, keyId })),
  };
}
