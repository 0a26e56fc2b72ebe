import type { PaymentStatus } from './status.ts';

/**
 * The documents that a payment can have. The confirmation is what PSD2 article 46 asks for right after the initiation:
 * as of its moment, the bank has the approved payment and has not reported that it carried it out. It stays true, since
 * it names that moment. The receipt is for a settled payment.
 */
export const documentKinds = ['confirmation', 'receipt'] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** The statuses in which the bank has a payment that the customer approved, and has not carried it out. */
const confirmedStatuses: readonly PaymentStatus[] = ['authorised', 'scheduled', 'processing'];

/** The facts that decide which documents a payment has. */
export interface DocumentedPayment {
  status: PaymentStatus;
  isContradicted: boolean;
  /** The statuses that it passed through, oldest first. */
  timeline: readonly { status: PaymentStatus; at: Date }[];
}

/**
 * The moment that a document of a payment states, which is also the document's date; undefined where there is no such
 * document. The moment never changes. A payment that ended without a transfer, or that its bank contradicts, has no
 * document: it could be taken for a proof of payment. A payment that was settled at its first report has the receipt
 * only, which says all that a confirmation says.
 */
export function documentMoment(kind: DocumentKind, payment: DocumentedPayment): Date | undefined {
  const { status, isContradicted, timeline } = payment;
  if (isContradicted) return undefined;
  const isSettled = status === 'settled';
  switch (kind) {
    case 'confirmation':
      return isSettled || confirmedStatuses.includes(status)
        ? timeline.find((passed) => confirmedStatuses.includes(passed.status))?.at
        : undefined;
    case 'receipt':
      return isSettled ? timeline.find((passed) => passed.status === 'settled')?.at : undefined;
  }
}

/** The documents that a payment has, in the order in which they come to exist. */
export function documentsOf(payment: DocumentedPayment): DocumentKind[] {
  return documentKinds.filter((kind) => documentMoment(kind, payment) !== undefined);
}
