import { randomBytes, randomInt, randomUUID } from 'node:crypto';

/**
 * The only source of chance: ids, tokens, jitter. Everything that draws takes an `Entropy`, so that a simulation
 * decides what is drawn.
 */
export interface Entropy {
  /** A new id: a UUID in its 36 characters. */
  uuid(): string;
  /** A new opaque token of 256 bits, in 43 characters of base64url. In production it cannot be guessed. */
  token(): string;
  /** A number from 0 up to but not including 1, for jitter and for choices that need not be secret. */
  fraction(): number;
}

export const systemEntropy: Entropy = {
  uuid: () => randomUUID(),
  token: () => randomBytes(32).toString('base64url'),
  fraction: () => randomInt(2 ** 47) / 2 ** 47,
};
