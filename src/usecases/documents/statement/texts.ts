import type { Locale } from '#domain/locale.ts';
import type { PaymentStatus } from '#domain/payment/status.ts';

export interface StatementTexts {
  /** BCP 47. */
  language: string;
  title: string;
  fileName: string;
  /** The head of each column of a CSV, in their order. */
  csvColumns: readonly string[];
  /** The head of each column of a PDF. */
  pdfColumns: readonly [day: string, creditor: string, status: string, amount: string];
  period: (from: string, to: string) => string;
  customer: (name: string) => string;
  paid: (count: number, amount: string) => string;
  none: string;
  note: string;
  account: (number: string) => string;
  kid: (kid: string) => string;
  reference: (reference: string) => string;
  dismissed: string;
  status: Record<PaymentStatus, string>;
  pageOf: (page: number, pages: number) => string;
}

/** The texts of a statement of payments. Its words for a status are those of the customer's list. */
export const statementTexts: Record<Locale, StatementTexts> = {
  nb: {
    language: 'nb-NO',
    title: 'Betalingsoversikt',
    fileName: 'drop-betalinger',
    csvColumns: [
      ...['Dato', 'Klokkeslett', 'Mottaker', 'Til konto', 'Beløp', 'Valuta', 'KID eller melding'],
      ...['Fra bank', 'Fra konto', 'Status', 'Betalt dato', 'Referanse'],
    ],
    pdfColumns: ['Dato', 'Mottaker', 'Status', 'Beløp'],
    period: (from, to) => `Betalinger opprettet fra og med ${from} til og med ${to}.`,
    customer: (name) => `Kunde: ${name}`,
    paid: (count, amount) => `Betalt: ${amount} (${count} ${count === 1 ? 'betaling' : 'betalinger'})`,
    none: 'Det er ingen betalinger i perioden.',
    note:
      'Oversikten viser betalinger du har opprettet i Drop. Den er ikke en kontoutskrift fra banken. ' +
      'Betalinger som pågår, kan ha fått ny status siden. Datoer og klokkeslett er norsk tid.',
    account: (number) => `Konto ${number}`,
    kid: (kid) => `KID ${kid}`,
    reference: (reference) => `Referanse ${reference}`,
    dismissed: 'Lagt bort',
    status: {
      created: 'Sendes',
      initiating: 'Sendes',
      unknown: 'Uavklart',
      awaiting_authorisation: 'Venter på godkjenning',
      authorised: 'Godkjent',
      scheduled: 'Planlagt',
      processing: 'Under behandling',
      settled: 'Betalt',
      rejected: 'Avvist',
      cancelled: 'Avbrutt',
      expired: 'Utløpt',
      failed: 'Ikke sendt',
    },
    pageOf: (page, pages) => `Side ${page} av ${pages}`,
  },
  en: {
    language: 'en-GB',
    title: 'Payment statement',
    fileName: 'drop-payments',
    csvColumns: [
      ...['Date', 'Time', 'Recipient', 'To account', 'Amount', 'Currency', 'KID or message'],
      ...['From bank', 'From account', 'Status', 'Date paid', 'Reference'],
    ],
    pdfColumns: ['Date', 'Recipient', 'Status', 'Amount'],
    period: (from, to) => `Payments created from ${from} to ${to}, both days included.`,
    customer: (name) => `Customer: ${name}`,
    paid: (count, amount) => `Paid: ${amount} (${count} ${count === 1 ? 'payment' : 'payments'})`,
    none: 'There are no payments in this period.',
    note:
      'This statement shows the payments you created in Drop. It is not an account statement from your bank. ' +
      'Payments in progress may have changed status since. All dates and times are Norwegian time.',
    account: (number) => `Account ${number}`,
    kid: (kid) => `KID ${kid}`,
    reference: (reference) => `Reference ${reference}`,
    dismissed: 'Put aside',
    status: {
      created: 'Being sent',
      initiating: 'Being sent',
      unknown: 'Not known yet',
      awaiting_authorisation: 'Waiting for approval',
      authorised: 'Approved',
      scheduled: 'Scheduled',
      processing: 'In progress',
      settled: 'Paid',
      rejected: 'Rejected',
      cancelled: 'Cancelled',
      expired: 'Expired',
      failed: 'Not sent',
    },
    pageOf: (page, pages) => `Page ${page} of ${pages}`,
  },
};
