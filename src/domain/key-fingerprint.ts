import { hkdfSync, scrypt } from 'node:crypto';
import type { Secret } from './secret.ts';

/** A key of Drop's own, with the id that is stored beside what was made with it. */
export interface NamedKey {
  id: string;
  key: Secret;
}

/** The purposes for which Drop has keys of its own. */
export type KeyPurpose = 'national_id_hash' | 'data_encryption';

const fingerprintBytes = 16;

/** Tells keys apart without telling them: 32 hexadecimal digits, derived one way (HKDF-SHA-256). */
export function keyFingerprint(purpose: KeyPurpose, key: Secret): string {
  const derived = hkdfSync(
    'sha256',
    key.reveal(),
    '',
    `drop:key-fingerprint:v1:${purpose}`,
    fingerprintBytes,
  );
  return Buffer.from(derived).toString('hex');
}

const shownBytes = 4;

/** A few milliseconds, and a mebibyte. */
const cost = 1_024;

/**
 * Eight hexadecimal digits by which operators compare a secret of two machines. Guesses cost more than a hash (scrypt),
 * and so few digits also match wrong ones.
 */
export async function secretFingerprint(value: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  scrypt(value, 'drop:secret-fingerprint:v1', shownBytes, { cost }, (error, derived) => {
    if (error) reject(error);
    else resolve(derived);
  });
  return (await promise).toString('hex');
}
