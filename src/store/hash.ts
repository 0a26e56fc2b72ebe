import { hash } from 'node:crypto';

/** SHA-256, for values that are random and long: tokens and states are kept as this, never as themselves. */
export function sha256(value: string | Uint8Array): Buffer {
  return hash('sha256', value, 'buffer');
}
