import type { Locale } from '#domain/locale.ts';
import type { DocumentKind } from '#domain/payment/document.ts';
import { en } from './en.ts';
import { nb } from './nb.ts';

/** The texts of one document. */
interface KindTexts {
  title: string;
  /** `at`: the moment that the document states, as the reader sees it. */
  statement: (at: string) => string;
  status: (at: string) => string;
  note: string;
}

/** The texts of the documents in one language. */
export type DocumentTexts = Record<DocumentKind, KindTexts> & {
  /** BCP 47. */
  language: string;
  payment: string;
  status: string;
  amount: string;
  amountIn: (amount: string, currency: string) => string;
  kid: string;
  message: string;
  requestedDate: string;
  asSoonAsPossible: string;
  instant: string;
  receivedByDrop: string;
  receivedByBank: string;
  settledAt: string;
  creditor: string;
  debtor: string;
  name: string;
  bank: string;
  account: string;
  charges: string;
  dropCharge: string;
  bankCharge: string;
  bankChargeText: string;
  references: string;
  reference: string;
  endToEndId: string;
  pageOf: (page: number, pages: number) => string;
};

export const documentTexts: Record<Locale, DocumentTexts> = { nb, en };
