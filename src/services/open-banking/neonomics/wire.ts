import { z } from 'zod';
import { noCurrency } from '#domain/banking/currency.ts';
import { moneyFromDecimal } from '#domain/money.ts';
import { listed, wordOf } from '#services/listed-items.ts';
import { unreadParts } from '#services/open-banking/unread-parts.ts';

/** Neonomics' JSON (API reference, UAPI v3) as far as Drop reads it. Words that are not known here become `unknown`. */

/** An id that goes into a path, from which dots alone would lead away. */
const pathId = z.string().regex(/^(?!\.{1,2}$)[\w.~=-]{1,200}$/);
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().catch(undefined);
const currency = z.string().regex(/^[A-Z]{3}$/);
/** Amounts are strings; some banks' are numbers. */
const decimal = z
  .union([z.string(), z.number().transform(String)])
  .refine((text) => isDecimal(text), 'must be a decimal number of whole øre');

function isDecimal(text: string): boolean {
  try {
    return Number.isSafeInteger(moneyFromDecimal(text, 'NOK').amount);
  } catch {
    return false;
  }
}

/** A token is fetched anew after a day, however long it is said to live. */
const tokenSecondsMax = 86_400;

/** Keycloak's answer (RFC 6749, 5.1); some clients saw the seconds as a string. */
export const tokenSchema = z.object({
  /** It goes into a header (RFC 6749, A.12). */
  access_token: z.string().regex(/^[\x20-\x7e]+$/),
  expires_in: z.coerce
    .number()
    .positive()
    .transform((seconds) => Math.min(seconds, tokenSecondsMax)),
});

/** Reported as a boolean, or as the text of one. */
const flag = z.union([z.boolean(), z.stringbool()]);

const bank = z.object({
  id: z.string().regex(/^[\x21-\x7e]{1,200}$/),
  bankDisplayName: z.string().min(1),
  bic: optional(z.string().regex(/^[A-Z\d]{8}([A-Z\d]{3})?$/)),
  countryCode: optional(z.string()),
  status: optional(z.string()),
  supportedServices: z.array(z.string()).nullish().catch([]),
  /** Where it cannot be read, the bank may ask. */
  personalIdentificationRequired: flag.nullish().catch(true),
});
export type WireBank = z.output<typeof bank>;
export const banksSchema = listed('banks', bank);

export const createdSessionSchema = z.object({ sessionId: pathId });
export const sessionSchema = z.object({ bankId: z.string().min(1) });

/** A way on: to an address of the API, or to a page of the bank. */
const link = z.object({ href: z.url({ protocol: /^https?$/ }).max(8_000), rel: optional(z.string()) });
const links = listed('links', link.extend({ meta: optional(z.object({ id: optional(pathId) })) }));

/** The answer to a consent and to an authorisation: the bank's page. */
export const linksSchema = z.object({ links, paymentId: optional(pathId) });
export type WireLinks = z.output<typeof linksSchema>;

const code = z.union([z.string(), z.number().transform(String)]).pipe(z.string().regex(/^\d{3,6}$/));

/** The error object ("Error Handling"). `id` is what Neonomics wants to be told about a case. */
export const errorSchema = z.object({
  errorCode: code,
  id: optional(z.string().regex(/^[\w-]{1,100}$/)),
  links: z.unknown().optional(),
});
export const errorLinksSchema = z.object({ links });

const balance = z.object({
  amount: decimal,
  currency: currency.refine((code) => code !== noCurrency),
  type: z.string().min(1).max(40),
});
export type WireBalance = z.output<typeof balance>;
/** A balance that cannot be read stands as null: what it would be compared with does not count as available. */
export const balancesSchema = listed('balances', balance, () => null);

const account = z.object({
  id: pathId,
  iban: optional(z.string()),
  bban: optional(z.string()),
  accountName: optional(z.string()),
  displayName: optional(z.string()),
  ownerName: optional(z.string()),
  balances: z.array(z.object({ currency })).nullish().catch([]),
});
export type WireAccount = z.output<typeof account>;
export const accountsSchema = listed('accounts', account);

const statusWords = [
  ...['RCVD', 'PDNG', 'PATC', 'NAUT', 'ACTC', 'ACCP', 'ACFC', 'ACWC', 'ACWP', 'ACSP', 'PRSY'],
  ...['ACSC', 'ACCC', 'RJCT', 'CANC', 'NONTRACKABLE', 'unknown'],
] as const;
export type PaymentStatusWord = (typeof statusWords)[number];

/** The word that Drop knows, and what was on the wire, which is kept as evidence. */
const status = z.string().transform((wire) => ({
  word: wordOf('status', statusWords).parse(wire),
  wire: wire.slice(0, 40),
}));

export const createdPaymentSchema = z.object({ paymentId: pathId, status });
export type WireCreatedPayment = z.output<typeof createdPaymentSchema>;

/** Absent or null, or as it is read: what cannot be read must not pass for what is not there. */
const orderedText = z.string().nullish();
const orderedAccount = z.object({ iban: orderedText, bban: orderedText });

const order = z.object({
  instrumentedAmount: decimal,
  currency,
  creditorAccount: orderedAccount,
  debtorAccount: orderedAccount.nullish(),
  remittanceInformationUnstructured: orderedText,
  remittanceInformationStructured: z.object({ reference: orderedText }).nullish(),
  /** The kind of the payment, as in its address. */
  type: orderedText,
  /** A day in another form is another day than the one that was ordered, and says nothing where none was. */
  requestedExecutionDate: orderedText,
});
export type WireOrder = z.output<typeof order>;

/** The order stands beside the status. One that cannot be read is null, and contradicts what was approved. */
export const paymentSchema = createdPaymentSchema
  .extend(unreadParts(order.shape))
  .transform(({ paymentId, status, ...rest }) => {
    const read = order.safeParse(rest);
    return { paymentId, status, order: read.success ? read.data : null };
  });
export type WirePayment = z.output<typeof paymentSchema>;

/** Only the reference is taken from a webhook; its other fields are not trusted. */
export const webhookBodySchema = z.object({ referenceId: pathId, status: optional(z.string()) });
