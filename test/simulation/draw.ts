import { createHash } from 'node:crypto';
import type { Entropy } from '#domain/entropy.ts';

/**
 * A number from 0 up to but not including 1 that depends on the seed and the key only. What is drawn for one occasion
 * stays the same when other occasions come or go, so a schedule can lose a fault and keep the rest.
 */
export function draw(seed: number, key: string): number {
  let hash = 2_166_136_261 ^ Math.imul(seed, 2_654_435_761);
  for (let index = 0; index < key.length; index += 1)
    hash = Math.imul(hash ^ key.charCodeAt(index), 16_777_619);
  hash = Math.imul(hash ^ (hash >>> 16), 2_246_822_507);
  hash = Math.imul(hash ^ (hash >>> 13), 3_266_489_909);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** One of `choices`. */
export function choose<Choice>(seed: number, key: string, choices: readonly [Choice, ...Choice[]]): Choice {
  return choices[Math.floor(draw(seed, key) * choices.length)] ?? choices[0];
}

/**
 * Ids and tokens that depend on the seed, the owner, and how many were drawn before. Its methods may be taken off it,
 * as those of a port are.
 */
export class SeededEntropy implements Entropy {
  readonly #prefix: string;
  #drawn = 0;

  constructor(seed: number, owner: string) {
    this.#prefix = `${seed} ${owner}`;
  }

  readonly uuid = (): string => {
    const hex = this.bytes(16).toString('hex');
    const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4] ?? '8';
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `${variant}${hex.slice(17, 20)}`,
      hex.slice(20),
    ].join('-');
  };

  readonly token = (): string => this.bytes(32).toString('base64url');

  readonly fraction = (): number => this.bytes(6).readUIntBE(0, 6) / 2 ** 48;

  /** At most 32. */
  bytes(count: number): Buffer {
    this.#drawn += 1;
    return createHash('sha256').update(`${this.#prefix} ${this.#drawn}`).digest().subarray(0, count);
  }
}
