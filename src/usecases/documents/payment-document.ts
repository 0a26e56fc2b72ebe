import { createHash } from 'node:crypto';
import { DropError } from '#domain/errors.ts';
import type { Locale } from '#domain/locale.ts';
import { documentMoment, type DocumentedPayment, type DocumentKind } from '#domain/payment/document.ts';
import { osloDay } from '#domain/oslo-time.ts';
import { timelines } from '#store/payment-events.ts';
import { findPayment, type Payment } from '#store/payments.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { contentOf } from './content.ts';
import { noteDocument } from './note-document.ts';
import { writePdf } from './write-pdf.ts';

export interface PaymentDocument {
  /** A PDF. The same payment, kind and language give the same bytes at any time and in any process. */
  bytes: Buffer;
  /** Of the bytes. */
  sha256: Buffer;
  /** Plain ASCII, without personal data. */
  fileName: string;
}

/** One document of a payment. */
export interface DocumentChoice {
  kind: DocumentKind;
  locale: Locale;
}

/**
 * A document of the customer's own payment. Before it is handed out, the audit trail records its hash.
 *
 * @throws {DropError} `payment_unknown`; `payment_document_missing` while the payment has no such document.
 */
export async function readPaymentDocument(
  context: UseCaseContext,
  user: User,
  { id, ...choice }: DocumentChoice & { id: string },
): Promise<PaymentDocument> {
  const { database } = context.store;
  const payment = await findPayment(database, { id });
  if (payment?.userId !== user.id) throw new DropError('payment_unknown');
  const timeline = (await timelines(database, [id])).get(id) ?? [];
  const document = await makePaymentDocument({ ...payment, timeline }, choice);
  if (!document) throw new DropError('payment_document_missing');
  await noteDocument(context, payment, { ...choice, sha256: document.sha256 });
  return document;
}

/** The document of a payment with its hash; undefined where the payment has no such document. */
export async function makePaymentDocument(
  payment: Pick<Payment, 'id' | 'status' | 'contradictedAt' | 'bankName' | 'order' | 'createdAt'> &
    Pick<DocumentedPayment, 'timeline'>,
  { kind, locale }: DocumentChoice,
): Promise<PaymentDocument | undefined> {
  const isContradicted = payment.contradictedAt !== undefined;
  const moment = documentMoment(kind, { ...payment, isContradicted });
  if (!moment) return undefined;
  const bytes = await writePdf(contentOf(kind, { ...payment, moment }, locale));
  const fileName = `${fileNames[locale][kind]}-${osloDay(moment)}-${payment.id.slice(-8)}.pdf`;
  return { bytes, sha256: createHash('sha256').update(bytes).digest(), fileName };
}

const fileNames: Record<Locale, Record<DocumentKind, string>> = {
  nb: { confirmation: 'drop-bekreftelse', receipt: 'drop-kvittering' },
  en: { confirmation: 'drop-confirmation', receipt: 'drop-receipt' },
};
