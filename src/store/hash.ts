import { createHash } from 'node:crypto';

/** SHA-256, for values that are random and long: tokens and states are kept as this, never as themselves. */
export function sha256(value: string | Uint8Array): Buffer {
  return createHash('sha256').update(value).digest();
}
