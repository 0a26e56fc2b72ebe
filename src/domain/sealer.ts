import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { assert, DropError } from './errors.ts';
import type { Secret } from './secret.ts';

export interface SealingKey {
  /** Stored in each text that is sealed under the key: letters, digits, `_` and `-`. */
  id: string;
  key: Secret;
}

/** A sealed text opens only for the table, column and row that it was sealed for. */
export interface SealedPlace {
  table: string;
  column: string;
  row: string;
}

/** Encrypts what the database or a browser holds for Drop, under keys that neither of them has. */
export interface Sealer {
  /** The id of the current key first, then those of the former ones. */
  keyIds: readonly string[];
  /** Encrypts `text` under the current key. */
  seal(text: string, place: SealedPlace): string;
  /**
   * Decrypts what was sealed under the current key or a former one.
   *
   * @throws {DropError} `internal_error` when the key is not configured, or when the text was changed or belongs to
   * another place. The message names the key's id and the place, never a value.
   */
  open(sealed: string, place: SealedPlace): string;
}

export interface SealerOptions {
  current: SealingKey;
  formerKeys: readonly SealingKey[];
  /** Twelve random bytes. A nonce that comes twice under one key gives the key away (NIST SP 800-38D, 8). */
  newNonce(): Uint8Array;
}

const version = 'v1';
const nonceBytes = 12;
const tagBytes = 16;
const keyIdForm = /^[\w-]{1,64}$/;
const sealedForm = /^v1\.([\w-]{1,64})\.([\w-]+)$/;

export function isKeyId(id: string): boolean {
  return keyIdForm.test(id);
}

/** Whether a stored text is sealed. A text from before Drop sealed that column is not. */
export function isSealed(text: string): boolean {
  return sealedForm.test(text);
}

/** AES-256-GCM. A sealed text is `v1.<key id>.<nonce, ciphertext and tag in base64url>`. */
export function createSealer({ current, formerKeys, newNonce }: SealerOptions): Sealer {
  const all = [current, ...formerKeys];
  assert(
    all.every(({ id }) => isKeyId(id)),
    'ids of encryption keys are letters, digits, _ and -',
  );
  const keys = new Map(all.map(({ id, key }) => [id, encryptionKey(key)]));
  assert(keys.size === all.length, 'ids of encryption keys differ from each other');
  const currentKey = keyOf(current.id);

  function keyOf(id: string): Buffer {
    const key = keys.get(id);
    if (key) return key;
    throw new DropError('internal_error', { message: `the encryption key "${id}" is not configured` });
  }

  return {
    keyIds: all.map(({ id }) => id),
    seal(text, place) {
      const nonce = newNonce();
      const cipher = createCipheriv('aes-256-gcm', currentKey, nonce, { authTagLength: tagBytes });
      cipher.setAAD(boundTo(place));
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${version}.${current.id}.${sealed.toString('base64url')}`;
    },
    open(sealed, place) {
      const [, id = '', data = ''] = sealedForm.exec(sealed) ?? [];
      if (id === '') throw unopened(place, 'it is not sealed');
      const bytes = Buffer.from(data, 'base64url');
      // The last digit of base64url can have bits that mean nothing: one sealed text has one spelling.
      if (bytes.toString('base64url') !== data || bytes.byteLength < nonceBytes + tagBytes)
        throw unopened(place, 'it was changed');
      return decrypted(bytes, { key: keyOf(id), id, place });
    },
  };
}

/** The key's text as it stands goes through HKDF, so that the same text elsewhere would be another key. */
function encryptionKey(key: Secret): Buffer {
  return Buffer.from(hkdfSync('sha256', key.reveal(), '', 'drop:sealer:v1', 32));
}

function boundTo({ table, column, row }: SealedPlace): Buffer {
  return Buffer.from(JSON.stringify([version, table, column, row]));
}

function decrypted(bytes: Buffer, under: { key: Buffer; id: string; place: SealedPlace }): string {
  const { key, id, place } = under;
  const nonce = bytes.subarray(0, nonceBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(boundTo(place));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  try {
    const ciphertext = bytes.subarray(nonceBytes, -tagBytes);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
  } catch {
    throw unopened(place, `under key "${id}" it was changed, or it belongs to another place`);
  }
}

function unopened({ table, column }: SealedPlace, why: string): DropError {
  return new DropError('internal_error', { message: `a text in ${table}.${column} does not open: ${why}` });
}
