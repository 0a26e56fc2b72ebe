import { hkdfSync } from 'node:crypto';
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
