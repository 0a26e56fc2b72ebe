import type { Locale } from '#domain/locale.ts';
import { readPaymentPage } from '#store/customer-payments.ts';
import { timelines } from '#store/payment-events.ts';
import type { UseCaseContext } from '../../context.ts';
import { noteDocument } from '../../documents/note-document.ts';
import { makePaymentDocument } from '../../documents/payment-document.ts';
import type { ArchivedFile } from './archive.ts';

/** To write a receipt takes some 10 ms of the processor and 37 kB; the app has the older ones. */
export const receiptsMax = 200;
const pageSize = 50;

/** The newest receipts of a customer, as the app hands them out: the audit trail records each. */
export async function* receiptsOf(
  context: UseCaseContext,
  { userId, locale }: { userId: string; locale: Locale },
): AsyncGenerator<ArchivedFile> {
  const { database } = context.store;
  let [cursor, left]: [string | undefined, number] = [undefined, receiptsMax];
  do {
    const limit = Math.min(pageSize, left);
    const page = await readPaymentPage(database, { userId, statuses: ['settled'], cursor, limit });
    const passed = await timelines(
      database,
      page.payments.map(({ id }) => id),
    );
    for (const payment of page.payments) {
      const choice = { kind: 'receipt', locale } as const;
      const document = await makePaymentDocument(
        { ...payment, timeline: passed.get(payment.id) ?? [] },
        choice,
      );
      if (!document) continue;
      await noteDocument(context, payment, { ...choice, sha256: document.sha256 });
      yield { name: `${folders[locale]}/${document.fileName}`, parts: [document.bytes] };
    }
    cursor = page.nextCursor;
    left -= page.payments.length;
  } while (cursor !== undefined && left > 0);
}

const folders: Record<Locale, string> = { nb: 'kvitteringer', en: 'receipts' };
