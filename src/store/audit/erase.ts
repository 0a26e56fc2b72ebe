import type { OpenTransaction } from '../database.ts';
import { appendEntries } from './append.ts';

/** The chain that says that the data of a customer were erased. */
export function erasureChain(subject: string): string {
  return `erasure:${subject}`;
}

/**
 * Removes the salts of a customer's entries, and records it, in the transaction that erases the customer's data. The
 * chains still verify, and nothing can be learned from the digests any more. `salt` is a new token.
 */
export async function eraseSalts(
  transaction: OpenTransaction,
  { subject, at, salt }: { subject: string; at: Date; salt: string },
): Promise<void> {
  const entry = { chain: erasureChain(subject), kind: 'erasure', rows: '', facts: '{}', at, salt } as const;
  await appendEntries(transaction, [entry]);
  await transaction
    .updateTable('audit_entries')
    .set({ salt: null })
    .where('subject', '=', subject)
    .where('salt', 'is not', null)
    .execute();
}
