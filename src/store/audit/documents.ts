import { documentFacts, type IssuedDocument } from '#domain/audit/document.ts';
import { paymentChain } from '#domain/audit/entry.ts';
import type { OpenTransaction, Queries } from '../database.ts';
import { appendEntries } from './append.ts';

/** An entry of a payment's chain that records a document. */
export interface DocumentEntry {
  sequence: number;
  at: Date;
  facts: string;
  /** Null once the customer is erased. */
  salt: string | null;
}

/** The documents that the chain of a payment records, the oldest first. */
export async function readDocumentEntries(queries: Queries, payment: string): Promise<DocumentEntry[]> {
  const rows = await queries
    .selectFrom('audit_entries')
    .select(['sequence', 'at', 'facts', 'salt'])
    .where('chain', '=', paymentChain(payment))
    .where('kind', '=', 'document')
    .orderBy('sequence')
    .execute();
  return rows.map(({ facts, ...entry }) => ({ ...entry, facts: facts ?? '' }));
}

/** Whether the entry records this very document. */
export function isEntryOf({ salt, facts }: DocumentEntry, document: IssuedDocument): boolean {
  return salt !== null && facts === documentFacts(salt, document);
}

/** Records a document in the chain of its payment, whose row the transaction holds locked. `salt` is a new token. */
export async function appendDocument(
  transaction: OpenTransaction,
  document: IssuedDocument & { payment: string; subject: string },
  { at, salt }: { at: Date; salt: string },
): Promise<void> {
  const chain = paymentChain(document.payment);
  const facts = documentFacts(salt, document);
  const { subject } = document;
  await appendEntries(transaction, [{ chain, kind: 'document', rows: '', facts, subject, at, salt }]);
}
