import { createCipheriv } from 'node:crypto';
import { z } from 'zod';
import { assert } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';

/**
 * Encrypts what Neonomics wants in `x-psu-id` ("Sensitive end-user data"): AES-GCM in the form of Google's Tink, in
 * Base64. The key is a keyset in JSON that the developer portal makes once for each application.
 */

const typeUrl = 'type.googleapis.com/google.crypto.tink.AesGcmKey';
const nonceBytes = 12;
const tagBytes = 16;
/** `google.crypto.tink.AesGcmKey` in protocol buffers: field 3, `key_value`, of 16 or 32 bytes. */
const keyForm = /^(?:0800)?1a(?:10[\da-f]{32}|20[\da-f]{64})$/;
const keyIdMax = 2 ** 32 - 1;

const keyset = z.object({
  primaryKeyId: z.int().min(1).max(keyIdMax),
  key: z.array(
    z.object({
      keyData: z.object({ typeUrl: z.literal(typeUrl), value: z.base64() }),
      status: z.literal('ENABLED'),
      keyId: z.int().min(1).max(keyIdMax),
      outputPrefixType: z.enum(['TINK', 'RAW']),
    }),
  ),
});

/** The key that encrypts, and what precedes each ciphertext (Tink, "Wire format"). */
export interface PsuKey {
  key: Uint8Array;
  /** `0x01` and the id of the key in four bytes, the largest first; empty for a key of the type `RAW`. */
  prefix: Uint8Array;
}

/** Reads the primary key of a keyset; undefined where the file is not one of AES-GCM keys. */
export function readPsuKey(file: string): PsuKey | undefined {
  const { data } = keyset.safeParse(jsonOf(file));
  const primary = data?.key.find(({ keyId }) => keyId === data.primaryKeyId);
  if (primary === undefined) return undefined;
  const encoded = Buffer.from(primary.keyData.value, 'base64');
  if (!keyForm.test(encoded.toString('hex'))) return undefined;
  const key = encoded.subarray(encoded.length > 32 ? -32 : -16);
  return { key, prefix: primary.outputPrefixType === 'TINK' ? tinkPrefix(primary.keyId) : Buffer.alloc(0) };
}

function tinkPrefix(keyId: number): Buffer {
  const prefix = Buffer.alloc(5, 1);
  prefix.writeUInt32BE(keyId, 1);
  return prefix;
}

/**
 * Prefix, nonce, ciphertext and tag in Base64, without associated data. `nonce` is twelve random bytes, never used
 * twice.
 */
export function encryptPsuId(number: Secret, { key, prefix }: PsuKey, nonce: Uint8Array): string {
  assert(nonce.length === nonceBytes, 'a nonce has twelve bytes');
  const algorithm = key.length === 32 ? 'aes-256-gcm' : 'aes-128-gcm';
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  const ciphertext = Buffer.concat([cipher.update(number.reveal(), 'utf8'), cipher.final()]);
  return Buffer.concat([prefix, nonce, ciphertext, cipher.getAuthTag()]).toString('base64');
}

/** Twelve of the bytes of a token that cannot be guessed. */
export function newPsuNonce(token: string): Uint8Array {
  return Buffer.from(token, 'base64url').subarray(0, nonceBytes);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
