import { hash } from 'node:crypto';

/** SHA-256, for long random values: tokens and states are stored as hashes only. */
export function sha256(value: string | Uint8Array): Buffer {
  return hash('sha256', value, 'buffer');
}
