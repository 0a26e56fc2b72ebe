import type { Clock } from '#domain/clock.ts';
import { NewestFew } from './newest-few.ts';

const keptMs = 3_600_000;
/** Or any stranger could make Drop fetch. */
const lookedAgainAfterMs = 60_000;
/** Of each kind: the addresses come from the sender of a signature, who may be anyone. */
const keysMax = 8;

/** Keys of a provider, each at an address. */
export interface KeyCache<Key> {
  /**
   * The key at `address`, undefined where there is none.
   *
   * @throws {DropError} what `load` threw, when it cannot be known now.
   */
  keyAt(address: string): Promise<Key | undefined>;
  /**
   * The same as it is now, for a signature that the key at hand does not explain. Looks at most once a minute, however
   * many ask; within it every caller gets the outcome of the last look, be it a key or a failure.
   *
   * @throws {DropError} what `load` threw.
   */
  newestKeyAt(address: string): Promise<Key | undefined>;
  /** Notes that the key at `address` has verified a signature. Addresses of other senders cannot displace it then. */
  hasVerified(address: string): void;
}

interface Look<Key> {
  key: Promise<Key | undefined>;
  at: number;
}

/** A key is good until a later look has brought another, whatever else becomes of that look. */
interface KeptKey<Key> extends Look<Key> {
  later?: Look<Key>;
}

/** Keeps a key for an hour, fetched once however many ask. A failure is not remembered in place of a key. */
export function createKeyCache<Key>(options: {
  clock: Clock;
  load(address: string): Promise<Key | undefined>;
}): KeyCache<Key> {
  const { clock, load } = options;
  const verifying = new NewestFew<KeptKey<Key>>(keysMax);
  const untried = new NewestFew<KeptKey<Key>>(keysMax);
  const placeOf = (address: string): typeof verifying => (verifying.get(address) ? verifying : untried);

  const isWithin = (limitMs: number, { at }: Look<Key>): boolean => clock.now().getTime() - at < limitMs;

  function lookAt(address: string): Look<Key>['key'] {
    const key = load(address);
    const look = { key, at: clock.now().getTime() };
    const kept = placeOf(address);
    const found = kept.get(address);
    kept.set(address, found && isWithin(keptMs, found) ? { ...found, later: look } : look);
    key.then(
      () => {
        const now = placeOf(address);
        if (now.get(address)?.later === look) now.set(address, look);
      },
      () => {
        const now = placeOf(address);
        if (now.get(address) === look) now.delete(address);
      },
    );
    return key;
  }

  return {
    async keyAt(address) {
      const found = placeOf(address).get(address);
      return found && isWithin(keptMs, found) ? found.key : lookAt(address);
    },
    async newestKeyAt(address) {
      const found = placeOf(address).get(address);
      const last = found?.later ?? found;
      return last && isWithin(lookedAgainAfterMs, last) ? last.key : lookAt(address);
    },
    hasVerified(address) {
      const found = placeOf(address).get(address);
      if (!found) return;
      untried.delete(address);
      verifying.set(address, found);
    },
  };
}
