import { paymentChain } from '#domain/audit/entry.ts';
import { appendEntries, type NewAuditEntry } from '#store/audit/append.ts';
import type { OpenTransaction } from '#store/database.ts';
import type { NewEntry } from '#store/outbox/entries.ts';
import type { UseCaseContext } from '../context.ts';

/**
 * Links messages to customers to the audit trail, in the transaction that writes them: those about a payment to its
 * chain, which the lock of the payment's row orders, and each other one to a chain of its own.
 */
export async function recordNotices(
  context: Pick<UseCaseContext, 'entropy'>,
  transaction: OpenTransaction,
  added: readonly NewEntry[],
): Promise<void> {
  if (added.length === 0) return;
  const chains = Map.groupBy(added, chainOf);
  const entries = [...chains].flatMap(([chain, messages]) => {
    const [first] = messages;
    return first ? [entryOf(chain, { first, messages, salt: context.entropy.token() })] : [];
  });
  await appendEntries(transaction, entries);
}

function chainOf({ id, parameters }: NewEntry): string {
  const isOfPayment = 'paymentId' in parameters && typeof parameters.paymentId === 'string';
  return isOfPayment ? paymentChain(String(parameters.paymentId)) : `notice:${id}`;
}

function entryOf(
  chain: string,
  { first, messages, salt }: { first: NewEntry; messages: readonly NewEntry[]; salt: string },
): NewAuditEntry {
  const { userId, at } = first;
  const rows = messages.map(({ id }) => id).join(',');
  const recorded = messages.map((message) => ({
    ...message,
    user_id: message.userId,
    deduplication_key: message.deduplicationKey,
    created_at: message.at,
  }));
  return {
    chain,
    kind: 'notice',
    rows,
    recorded,
    at,
    salt,
    ...(userId !== undefined && { subject: userId }),
  };
}
