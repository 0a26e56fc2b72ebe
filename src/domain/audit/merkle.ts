import { createHash } from 'node:crypto';

/** The last entry of a chain within a day. */
export interface ChainHead {
  chain: string;
  sequence: number;
  hash: Buffer;
}

/** The line of a chain's head in the list of a day's heads. */
export function headLine({ chain, sequence, hash }: ChainHead): string {
  return `${chain} ${sequence} ${hash.toString('hex')}`;
}

/**
 * The Merkle root of leaves that come one after the other, as RFC 6962 (2.1) defines it. It keeps one hash for each
 * level of the tree.
 */
export function createMerkleTree(): { add(leaf: string): void; root(): Buffer } {
  const pending: (Buffer | undefined)[] = [];
  return {
    add(leaf) {
      let node = sha256(leafPrefix, Buffer.from(leaf));
      let level = 0;
      for (let left = pending[level]; left !== undefined; left = pending[level]) {
        node = sha256(nodePrefix, left, node);
        pending[level] = undefined;
        level += 1;
      }
      pending[level] = node;
    },
    root() {
      const nodes = pending.filter((node) => node !== undefined);
      const [last, ...lefts] = nodes;
      if (last === undefined) return createHash('sha256').digest();
      return lefts.reduce((right, left) => sha256(nodePrefix, left, right), last);
    },
  };
}

const leafPrefix = Buffer.from([0]);
const nodePrefix = Buffer.from([1]);

function sha256(...parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
