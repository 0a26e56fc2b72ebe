import type { PaymentRules } from '#domain/banking/payment-rules.ts';
import type { IdentityNeed } from '#services/open-banking/service.ts';

/** A header that a bank wants signed, in small letters. */
export type SignedHeader =
  'digest' | 'x-request-id' | 'date' | 'psu-id' | 'psu-corporate-id' | 'tpp-redirect-uri';

/** In which respects a bank's interface differs from another's, as the bank or its platform publishes it. */
export interface BankProfile extends Pick<
  PaymentRules,
  'currencies' | 'takesKid' | 'textLengthMax' | 'daysAheadMax' | 'cancellation' | 'settledStatuses'
> {
  id: string;
  name: string;
  bic: string;
  /** The headers that the signature covers where the request has them, in the order of the signing string. */
  signedHeaders: readonly SignedHeader[];
  /** The published changes that Drop asks for before they become the rule (`x-accept-fix`). */
  acceptFixes: readonly string[];
  /** What the bank must be told to recognise its customer (`PSU-ID`). */
  psuId: IdentityNeed | undefined;
  consentDaysMax: number;
  /** Whether it takes instant transfers (`instant-norwegian-domestic-credit-transfers-straks`). */
  instant: boolean;
  /** Whether an approved payment is carried out without a further call. Elsewhere Drop offers no payments. */
  executesOnSca: boolean;
  /** Whether `ACCP` may mean that there is too little money, so that it is no progress. */
  reportsNoFundsAsAccp: boolean;
  /** Whether a payment can be read before the customer has approved it. */
  readsBeforeApproval: boolean;
}

/** Berlin Group, Implementation Guidelines 1.3, section 12: since 1.3.4 without `date`. */
const standardHeaders = ['digest', 'x-request-id', 'psu-id', 'psu-corporate-id', 'tpp-redirect-uri'] as const;

/** What Bits' appendix to the standard says of domestic payments, the same for all banks. */
const norwegian = {
  currencies: ['NOK'],
  takesKid: true,
  daysAheadMax: 365,
  cancellation: 'any',
  settledStatuses: ['ACSC', 'ACCC'],
} as const satisfies Partial<BankProfile>;

/** The platform behind many Norwegian banks, whose portals have the same text (version 2.11.0). */
const tietoevry = {
  ...norwegian,
  acceptFixes: ['amount-as-string', 'longer-names'],
  psuId: undefined,
  consentDaysMax: 180,
  textLengthMax: 140,
  instant: true,
  executesOnSca: true,
  reportsNoFundsAsAccp: true,
  readsBeforeApproval: false,
} as const satisfies Partial<BankProfile>;

/** Whose customers are asked for by their national identity number, which is the `PSU-ID` there. */
const dnb = {
  ...norwegian,
  signedHeaders: standardHeaders,
  acceptFixes: [],
  psuId: 'national_identity_number',
  consentDaysMax: 180,
  textLengthMax: 108,
  instant: true,
  executesOnSca: true,
  reportsNoFundsAsAccp: false,
  readsBeforeApproval: true,
} as const satisfies Partial<BankProfile>;

/** The banks that Drop speaks to directly. Nordea has an interface of its own and is not among them. */
export const bankProfiles: readonly BankProfile[] = [
  { ...dnb, id: 'dnb', name: 'DNB', bic: 'DNBANOKK' },
  {
    ...tietoevry,
    id: 'handelsbanken',
    name: 'Handelsbanken',
    bic: 'HANDNOKK',
    signedHeaders: ['date', 'digest', 'x-request-id', 'psu-id', 'psu-corporate-id', 'tpp-redirect-uri'],
    psuId: 'national_identity_number',
    consentDaysMax: 90,
  },
  {
    ...tietoevry,
    id: 'sparebank1',
    name: 'SpareBank 1',
    bic: 'SPTRNO22',
    signedHeaders: ['digest', 'x-request-id', 'date', 'psu-id', 'psu-corporate-id', 'tpp-redirect-uri'],
  },
  { ...dnb, id: 'sbanken', name: 'Sbanken (DNB)', bic: 'SBAKNOBB' },
];
