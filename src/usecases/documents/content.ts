import { formatAccountNumber } from '#domain/banking/account-number.ts';
import { formats, type Format } from '#domain/formats.ts';
import type { Locale } from '#domain/locale.ts';
import type { DocumentKind } from '#domain/payment/document.ts';
import { endToEndIdOf } from '#domain/payment/end-to-end-id.ts';
import type { PaymentOrder } from '#domain/payment/order.ts';
import { shortReferenceOf } from '#domain/payment/short-reference.ts';
import { documentTexts, type DocumentTexts } from './texts/texts.ts';

/** A fact of a document: its name and its value, both as the reader sees them. */
export type Fact = readonly [name: string, value: string];

/** A document as it is read, before it is laid out. */
export interface DocumentContent {
  /** BCP 47. */
  language: string;
  /** Like `reference`, it contains nothing that a person wrote: pdfkit copies both into XML without escaping. */
  title: string;
  /** Makes the metadata, from which pdfkit derives the file's id, those of one payment. */
  reference: string;
  statement: string;
  sections: readonly { heading: string; facts: readonly Fact[] }[];
  note: string;
  /** The date of the document. */
  date: Date;
  /** The number of a page, such as `Page 1 of 2`. */
  pageOf: (page: number, pages: number) => string;
}

/** The facts of which a document is made. Each of them is fixed from the moment that the document states. */
export interface DocumentedOrder {
  id: string;
  bankName: string;
  order: PaymentOrder;
  createdAt: Date;
  /** When the bank had received the payment (confirmation) or carried it out (receipt). */
  moment: Date;
}

/**
 * The content of a document. It depends on nothing but its parameters: neither the present time, nor the time zone or
 * the providers of the process.
 */
export function contentOf(kind: DocumentKind, payment: DocumentedOrder, locale: Locale): DocumentContent {
  const texts = documentTexts[locale];
  const format = formats[locale];
  const { order, bankName } = payment;
  const account = formatAccountNumber;
  const { title, statement, note } = texts[kind];
  return {
    language: texts.language,
    title,
    statement: statement(momentOf(payment, format)),
    note,
    reference: `${texts.reference} ${payment.id}`,
    sections: [
      { heading: texts.payment, facts: paymentFacts(kind, payment, { texts, format }) },
      {
        heading: texts.creditor,
        facts: [
          [texts.name, order.creditorName],
          [texts.account, account(order.creditorAccountNumber)],
        ],
      },
      {
        heading: texts.debtor,
        facts: [
          [texts.bank, bankName],
          [texts.account, account(order.debtorAccountNumber)],
        ],
      },
      {
        heading: texts.charges,
        facts: [
          [texts.dropCharge, format.money({ amount: 0, currency: order.money.currency })],
          [texts.bankCharge, texts.bankChargeText],
        ],
      },
      {
        heading: texts.references,
        facts: [
          [texts.reference, shortReferenceOf(payment.id)],
          [texts.endToEndId, endToEndIdOf(payment.id)],
        ],
      },
    ],
    date: payment.moment,
    pageOf: texts.pageOf,
  };
}

const momentOf = ({ moment }: DocumentedOrder, format: Format): string =>
  format.dateTime(moment.toISOString());

function paymentFacts(
  kind: DocumentKind,
  payment: DocumentedOrder,
  { texts, format }: { texts: DocumentTexts; format: Format },
): Fact[] {
  const { order, createdAt } = payment;
  const { money, remittance } = order;
  const at = momentOf(payment, format);
  const moments: Record<DocumentKind, Fact> = {
    confirmation: [texts.receivedByBank, at],
    receipt: [texts.settledAt, at],
  };
  return [
    [texts.status, texts[kind].status(at)],
    [texts.amount, texts.amountIn(format.money(money), money.currency)],
    ...(remittance.kind === 'kid' ? [[texts.kid, remittance.kid] as const] : []),
    ...(remittance.kind === 'text' ? [[texts.message, remittance.text] as const] : []),
    [texts.requestedDate, requestedDate(order, texts, format)],
    [texts.receivedByDrop, format.dateTime(createdAt.toISOString())],
    moments[kind],
  ];
}

function requestedDate({ execution }: PaymentOrder, texts: DocumentTexts, format: Format): string {
  switch (execution.kind) {
    case 'normal':
      return texts.asSoonAsPossible;
    case 'instant':
      return texts.instant;
    case 'on':
      return format.date(`${execution.date}T12:00:00Z`);
  }
}
