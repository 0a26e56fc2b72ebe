import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical.ts';

/** The kinds of things that an entry of the audit trail records. */
export type AuditKind =
  | 'order'
  | 'move'
  | 'document'
  | 'notice'
  | 'calls'
  | 'verdict'
  | 'access'
  | 'payment_access'
  | 'customer_access'
  | 'routing'
  | 'flag'
  | 'incident'
  | 'replay'
  | 'replay_by'
  | 'retry'
  | 'act'
  | 'erasure';

/** The part of an entry that its hash covers. */
export interface HashedEntry {
  chain: string;
  /** From 1 upwards. */
  sequence: number;
  kind: string;
  /** The ids of the rows that it records, separated by commas. */
  rows: string;
  /** The customer's id. */
  subject: string | null;
  at: Date;
  /** The day whose root covers it, `YYYY-MM-DD`. */
  day: string;
  digest: Buffer;
  /** The hash of the entry before; `noHash` for the first. */
  previous: Buffer;
}

/** An entry as it is kept. */
export interface AuditEntry extends HashedEntry {
  facts: string | null;
  hash: Buffer;
  /** Null once the customer is erased. */
  salt: string | null;
}

/** Stands before the first entry of a chain. */
export const noHash = Buffer.alloc(32);

/** The digest of what an entry records. Without the salt nothing can be learned from it. */
export function digestOf(salt: string, content: unknown): Buffer {
  return createHash('sha256')
    .update(`${salt}\n${canonicalJson(content)}`)
    .digest();
}

/** The hash of an entry. `append.ts` of the store computes the same in SQL. */
export function hashOf(entry: HashedEntry): Buffer {
  const { chain, sequence, kind, rows, subject, at, day, digest, previous } = entry;
  const fields = [chain, sequence, kind, rows, subject ?? '', at.toISOString(), day];
  const text = [...fields, digest.toString('hex'), previous.toString('hex')].join('\n');
  return createHash('sha256').update(text).digest();
}

const paymentPrefix = 'payment:';

/** The chain of a payment. */
export function paymentChain(id: string): string {
  return `${paymentPrefix}${id}`;
}

/** The payment of a chain; undefined for other chains. */
export function paymentOf(chain: string): string | undefined {
  return chain.startsWith(paymentPrefix) ? chain.slice(paymentPrefix.length) : undefined;
}
