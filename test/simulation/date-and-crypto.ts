import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import type { SeededEntropy } from './draw.ts';

/**
 * Sources of time and chance that no port hands out: the emulators draw ids from `node:crypto`, and PGlite asks `Date`
 * for the time of SQL's `now()`. Until `restore`, they follow the simulation.
 */
export function takeOverSharedSources(now: () => number, entropy: SeededEntropy): { restore(): void } {
  const real = {
    randomUUID: crypto.randomUUID,
    randomBytes: crypto.randomBytes,
    now: Reflect.get(Date, 'now'),
  };
  put({
    randomUUID: () => entropy.uuid(),
    randomBytes: (count: number) => entropy.bytes(count),
    now,
  });
  return { restore: () => put(real) };
}

function put({ now, ...draws }: { randomUUID: unknown; randomBytes: unknown; now: unknown }): void {
  Object.assign(crypto, draws);
  syncBuiltinESMExports();
  Reflect.set(Date, 'now', now);
}
