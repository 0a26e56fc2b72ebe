import { z } from 'zod';

/**
 * Enable Banking's JSON as far as Drop reads it, after its OpenAPI (version 1.0.0). Fields keep their names. Words that
 * are not known here become `unknown`; fields that are not read are not required.
 */

const paymentStatusWords = [
  'ACCC',
  'ACCP',
  'ACSC',
  'ACSP',
  'ACTC',
  'ACWC',
  'ACWP',
  'PART',
  'RCVD',
  'PDNG',
  'RJCT',
  'ACPT',
  'ACCR',
  'RJCR',
  'PACR',
  'PDCR',
  'CNCL',
  'NULL',
  'unknown',
] as const;

const paymentStatusWord = z.enum(paymentStatusWords).catch('unknown');
export type PaymentStatusWord = (typeof paymentStatusWords)[number];

/** A status twice: the word Drop knows or `unknown`, and what was on the wire, which is kept as evidence. */
const paymentStatus = z.string().transform((wire): { word: PaymentStatusWord; wire: string } => ({
  word: paymentStatusWord.parse(wire),
  wire: wire.slice(0, wordLengthMax),
}));
/** Of ISO 20022's codes and of the provider's, with room to spare: more of what is no word of theirs is not kept. */
const wordLengthMax = 40;

/** An id that goes into a path: of such characters no path is made that leads elsewhere. */
const pathId = z.string().regex(/^[\w-]{1,100}$/);

/** At most two decimals that count; further zeros are cut. */
const decimal = z
  .string()
  .regex(/^-?\d{1,13}(\.\d{1,2}0*)?$/)
  .transform((amount) => amount.replace(/(\.\d{2})0+$/, '$1'));
const amount = z.object({ currency: z.string().regex(/^[A-Z]{3}$/), amount: decimal });
export type WireAmount = z.output<typeof amount>;

const genericIdentification = z.object({ identification: z.string(), scheme_name: z.string().nullish() });
export type GenericIdentification = z.output<typeof genericIdentification>;
const aspspName = z.object({ name: z.string(), country: z.string() });
const redirectTarget = z.url({ protocol: /^https?$/ });

const paymentCapability = z.object({
  payment_type: z.string(),
  psu_type: z.string(),
  currencies: z.array(z.string()).nullish(),
  debtor_account_schemas: z.array(z.string()).nullish(),
  creditor_account_schemas: z.array(z.string()).nullish(),
  reference_number_supported: z.boolean().nullish(),
  reference_number_schemas: z.array(z.string()).nullish(),
  remittance_information_lines: z
    .array(z.object({ max_length: z.int().nullish(), pattern: z.string().nullish().catch(undefined) }))
    .nullish(),
  final_successful_statuses: z.array(z.string()).nullish(),
});
export type PaymentCapability = z.output<typeof paymentCapability>;

const aspsp = z.object({
  name: z.string().min(1),
  country: z.string(),
  bic: z.string().nullish(),
  maximum_consent_validity: z.int().positive(),
  required_psu_headers: z.array(z.string()).nullish(),
  payments: z.array(paymentCapability).nullish(),
});
export type Aspsp = z.output<typeof aspsp>;

/** A bank that cannot be read is left out, so that it does not hide the others. */
export const aspspsResponse = z.object({ aspsps: z.array(z.unknown()) }).transform(({ aspsps }) =>
  aspsps.flatMap((entry) => {
    const parsed = aspsp.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  }),
);

export const startAuthorizationResponse = z.object({ url: redirectTarget });

const accountIdentification = z.object({
  iban: z.string().nullish(),
  other: genericIdentification.nullish(),
});

const accountResource = z.object({
  account_id: accountIdentification.nullish(),
  all_account_ids: z.array(genericIdentification).nullish(),
  name: z.string().nullish(),
  details: z.string().nullish(),
  product: z.string().nullish(),
  currency: z.string(),
  credit_limit: amount.nullish().catch(undefined),
  uid: z.string().nullish(),
  identification_hash: z.string().min(1),
});
export type AccountResource = z.output<typeof accountResource>;

const validUntil = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

export const authorizeSessionResponse = z.object({
  session_id: z.string().min(1),
  accounts: z.array(accountResource),
  aspsp: aspspName,
  access: z.object({ valid_until: validUntil }),
});
export type AuthorizedSession = z.output<typeof authorizeSessionResponse>;

const sessionStatusWords = [
  'INVALID',
  'PENDING_AUTHORIZATION',
  'RETURNED_FROM_BANK',
  'AUTHORIZED',
  'EXPIRED',
  'CLOSED',
  'REVOKED',
  'CANCELLED',
  'unknown',
] as const;
export type SessionStatusWord = (typeof sessionStatusWords)[number];

export const sessionResponse = z.object({
  status: z.enum(sessionStatusWords).catch('unknown'),
  access: z.object({ valid_until: validUntil }).nullish().catch(undefined),
});
export type Session = z.output<typeof sessionResponse>;

const balance = z.object({
  name: z.string().nullish(),
  balance_amount: amount,
  balance_type: z.string(),
});
export type WireBalance = z.output<typeof balance>;

export const balancesResponse = z.object({ balances: z.array(balance) });

/** The id counts for most: by it the payment can be read, whatever else is unreadable. */
export const createPaymentResponse = z.object({
  payment_id: pathId,
  status: paymentStatus.catch({ word: 'unknown', wire: '' }),
  url: redirectTarget.optional().catch(undefined),
});
export type CreatedPayment = z.output<typeof createPaymentResponse>;

/** An account in one of the schemes that Drop orders in. */
const orderedAccount = genericIdentification.refine(({ scheme_name }) =>
  ['BBAN', 'IBAN'].includes(scheme_name?.toUpperCase() ?? 'BBAN'),
);

/** Absent or null, or as it is read; what cannot be read is told apart from what is not there. */
const text = z.string().nullish();

/** One credit transfer as the provider gives it back. One that cannot be read makes the whole order unreadable. */
const transfer = z.object({
  instructed_amount: amount,
  beneficiary: z.object({ creditor_account: orderedAccount }),
  payment_id: z.object({ end_to_end_id: text }).nullish(),
  reference_number: text,
  remittance_information: z.array(z.string()).nullish(),
});

/**
 * What the provider says was ordered (OpenAPI, `GetPaymentResponse`, where it is required). Drop orders one transfer,
 * so an order of several cannot be compared.
 */
const paymentDetails = z.object({
  debtor_account: genericIdentification.nullish(),
  credit_transfer_transaction: z.tuple([transfer]),
});
export type PaymentDetails = z.output<typeof paymentDetails>;

export const paymentResponse = z.object({
  payment_id: pathId,
  status: paymentStatus,
  final_status: z.boolean().nullish().catch(undefined),
  status_reason_information: z
    .object({ status_reason_code: z.string().max(wordLengthMax) })
    .nullish()
    .catch(undefined),
  /** Undefined where it is absent or cannot be read: then the order is a contradiction, not an agreement. */
  payment_details: paymentDetails.optional().catch(undefined),
  aspsp: aspspName.nullish().catch(undefined),
});
export type WirePayment = z.output<typeof paymentResponse>;

/** Of what is only done or not done. */
export const successResponse = z.object({ message: z.string(), error: z.undefined().optional() });

/** The body of a refusal. `error` is one of forty words, or one that is new. */
export const errorResponse = z.object({ error: z.string().nullish().catch(undefined) });

/** The body of a webhook. Its fields are not documented beyond being about one payment. */
export const webhookBody = z.looseObject({
  payment_id: pathId,
  status: z.string().max(20).nullish().catch(undefined),
});
