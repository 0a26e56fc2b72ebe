import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { Secret } from '../secret.ts';
import { canonicalJson } from './canonical.ts';

/** The content of a day's root. Times of roots are days in UTC. */
export interface RootStatement {
  day: string;
  /** How many chains gained an entry on that day. */
  chains: number;
  /** How many entries these gained. */
  entries: number;
  /** The Merkle root of the heads of these chains, in hexadecimal digits. */
  heads: string;
  /** The SHA-256 of the statement of the day before, in hexadecimal digits; empty for the first. */
  previous: string;
}

/** A statement, and who vouches for it. */
export interface SignedRoot {
  /** JSON, byte for byte as it was signed. */
  statement: string;
  /** The raw Ed25519 key in base64url. */
  publicKey: string;
  /** Base64url. */
  signature: string;
}

/** Signs roots with a key that the database does not hold. */
export interface RootSigner {
  publicKey: string;
  sign(statement: RootStatement): SignedRoot;
}

/** PKCS #8 and SPKI of an Ed25519 key up to the key itself (RFC 8410). */
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');
const rawKeyBytes = 32;

/** `key` is base64 of 32 random bytes. The same statement is always signed with the same bytes (RFC 8032). */
export function createRootSigner(key: Secret): RootSigner {
  const seed = Buffer.from(key.reveal(), 'base64').subarray(0, rawKeyBytes);
  const der = Buffer.concat([privatePrefix, seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = rawPublicKey(createPublicKey(privateKey));
  return {
    publicKey,
    sign(stated) {
      const statement = canonicalJson(stated);
      const signature = sign(null, Buffer.from(statement), privateKey).toString('base64url');
      return { statement, publicKey, signature };
    },
  };
}

/** Whether the key that the root names has signed it. Whether that key is trusted is another question. */
export function isSigned({ statement, publicKey, signature }: SignedRoot): boolean {
  const raw = Buffer.from(publicKey, 'base64url');
  if (raw.length !== rawKeyBytes) return false;
  const key = createPublicKey({ key: Buffer.concat([publicPrefix, raw]), format: 'der', type: 'spki' });
  return verify(null, Buffer.from(statement), key, Buffer.from(signature, 'base64url'));
}

/** Undefined for a text that is no statement. */
export function readStatement(text: string): RootStatement | undefined {
  const { day, chains, entries, heads, previous } = parsed(text);
  const isRead =
    typeof day === 'string' &&
    typeof chains === 'number' &&
    typeof entries === 'number' &&
    typeof heads === 'string' &&
    typeof previous === 'string';
  return isRead ? { day, chains, entries, heads, previous } : undefined;
}

/** The hash by which the next day's statement names this one. */
export function statementHash(statement: string): string {
  return createHash('sha256').update(statement).digest('hex');
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function rawPublicKey(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).subarray(publicPrefix.length).toString('base64url');
}
