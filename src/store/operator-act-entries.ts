import { canonicalJson } from '#domain/audit/canonical.ts';
import { appendEntries } from './audit/append.ts';
import type { Queries } from './database.ts';

/** An act that no table records: the entry of the audit trail is all that is kept of it. */
export interface ActEntry {
  id: string;
  at: Date;
  operator: string;
  /** Fixed words, as `drop audit acts` shows them. */
  act: string;
  /** What it was done to, by ids, numbers and fixed words. */
  about: string;
  reason: string | undefined;
  /** A new token. */
  salt: string;
}

/** Adds an act of an operator to the audit trail. */
export async function addActEntry(
  queries: Queries,
  { id, at, salt, operator, act, about, reason }: ActEntry,
): Promise<void> {
  const facts = canonicalJson({ operator, act, about, reason });
  await appendEntries(queries, [{ chain: `act:${id}`, kind: 'act', rows: '', facts, at, salt }]);
}
