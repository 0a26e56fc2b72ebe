import type { IssuedDocument } from '#domain/audit/document.ts';
import { appendDocument, isEntryOf, readDocumentEntries } from '#store/audit/documents.ts';
import { lockPayment, type Payment } from '#store/payments.ts';
import type { UseCaseContext } from '../context.ts';

/**
 * Records a document in the audit trail before it is handed out: once for each kind, language and content, however
 * often and from however many processes it is asked for.
 */
export async function noteDocument(
  context: Pick<UseCaseContext, 'store' | 'clock' | 'entropy'>,
  { id: payment, userId: subject }: Pick<Payment, 'id' | 'userId'>,
  document: IssuedDocument,
): Promise<void> {
  const { store, clock, entropy } = context;
  const isNoted = async (queries = store.database): Promise<boolean> =>
    (await readDocumentEntries(queries, payment)).some((entry) => isEntryOf(entry, document));
  if (await isNoted()) return;
  await store.database.transaction().execute(async (transaction) => {
    await lockPayment(transaction, { id: payment });
    if (await isNoted(transaction)) return;
    const entry = { at: clock.now(), salt: entropy.token() };
    await appendDocument(transaction, { ...document, payment, subject }, entry);
  });
}
