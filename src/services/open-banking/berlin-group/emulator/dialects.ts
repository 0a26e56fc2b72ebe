/** How one of the emulated banks speaks, as far as it differs from the others. */
export interface Dialect {
  /** The headers that its signature must cover where the request has them, in this order. */
  signedHeaders: readonly string[];
  /** The published changes that it makes on demand (`x-accept-fix`). */
  fixes: readonly string[];
  /** `PSU-ID` is mandatory. */
  needsPsuId: boolean;
  /** How the customer approves. */
  approach: 'REDIRECT' | 'DECOUPLED';
  consentDaysMax: number;
  /** The form of its errors. */
  errors: 'tppMessages' | 'problem';
  /** A new consent is linked in `Location` alone, as in the standard's first example. */
  linksConsentByHeader: boolean;
  /** A payment is not found before its approval. */
  hidesUnapproved: boolean;
  /** For want of money it reports `ACCP`, and rejects the payment at the end of its day only. */
  waitsForFunds: boolean;
  /** Whether a payment that was approved is called back at once (204) or needs an approval (202). */
  cancelsAtOnce: boolean;
  cancelledWord: 'CANC' | 'CNCL';
  /** What surrounds the ids of accounts. */
  accountId(reference: string): string;
}

const standard = ['digest', 'x-request-id', 'psu-id', 'psu-corporate-id', 'tpp-redirect-uri'];

const dnb: Dialect = {
  signedHeaders: standard,
  fixes: [],
  needsPsuId: true,
  approach: 'REDIRECT',
  consentDaysMax: 180,
  errors: 'tppMessages',
  linksConsentByHeader: false,
  hidesUnapproved: false,
  waitsForFunds: false,
  cancelsAtOnce: true,
  cancelledWord: 'CANC',
  accountId: (reference) => reference,
};

const tietoevry: Dialect = {
  signedHeaders: ['digest', 'x-request-id', 'date', 'psu-id', 'psu-corporate-id', 'tpp-redirect-uri'],
  fixes: ['amount-as-string', 'longer-names'],
  needsPsuId: false,
  approach: 'REDIRECT',
  consentDaysMax: 180,
  errors: 'tppMessages',
  linksConsentByHeader: true,
  hidesUnapproved: true,
  waitsForFunds: true,
  cancelsAtOnce: false,
  cancelledWord: 'CNCL',
  accountId: (reference) => `enc!!${Buffer.from(reference).toString('base64')}`,
};

const handelsbanken: Dialect = {
  ...tietoevry,
  signedHeaders: ['date', 'digest', 'x-request-id', 'psu-id', 'psu-corporate-id', 'tpp-redirect-uri'],
  needsPsuId: true,
  approach: 'DECOUPLED',
  consentDaysMax: 90,
  errors: 'problem',
};

/** By the bank's name in the sandbox. Nordea does not speak this protocol. */
export const dialects: Readonly<Record<string, Dialect>> = {
  dnb,
  sbanken: dnb,
  handelsbanken,
  sparebank1: tietoevry,
};
