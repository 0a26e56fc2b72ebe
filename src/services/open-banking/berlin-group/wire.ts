import { z } from 'zod';
import { currencyOf, noCurrency } from '#domain/banking/currency.ts';
import { listed, wordOf } from '#services/listed-items.ts';
import { unreadParts } from '#services/open-banking/unread-parts.ts';

/** The banks' JSON as far as Drop reads it (OpenAPI 1.3.11). Words that are not known here become `unknown`. */

const text = z.string().nullish().catch(undefined);
/** The bank's text for the customer, which `shownText` bounds later. */
const psuMessage = z
  .string()
  .transform((message) => message.slice(0, 2_000))
  .nullish()
  .catch(undefined);

/** Relations to addresses; what is no link is left out. */
const links = z
  .record(
    z.string(),
    z
      .object({ href: z.string().min(1).max(2_000) })
      .optional()
      .catch(undefined),
  )
  .nullish()
  .transform((given): Record<string, string> => {
    const pairs = Object.entries(given ?? {});
    return Object.fromEntries(pairs.flatMap(([name, link]) => (link ? [[name, link.href]] : [])));
  })
  .catch({});

const scaStatuses = [
  ...['received', 'psuIdentified', 'psuAuthenticated', 'scaMethodSelected', 'started', 'unconfirmed'],
  ...['finalised', 'failed', 'exempted', 'unknown'],
] as const;
const scaStatus = z.string().transform((wire) => wordOf('scaStatus', scaStatuses).parse(wire));
export type ScaStatusWord = z.output<typeof scaStatus>;

/** What every answer has after which the customer may have to approve. */
const approval = {
  scaStatus: scaStatus.optional().catch(undefined),
  psuMessage,
  _links: links,
};

/** Some banks write ids as numbers. One that is not whole, or too large to be exact, is none. */
const named = (schema: z.ZodString) => z.union([schema, z.int().transform(String).pipe(schema)]);

const consentStatuses = [
  ...['received', 'rejected', 'valid', 'revokedByPsu', 'expired', 'terminatedByTpp', 'partiallyAuthorised'],
  'unknown',
] as const;
const consentStatus = z.string().transform((wire) => wordOf('consentStatus', consentStatuses).parse(wire));

export const startedConsentSchema = z.object({
  /** It goes into a header. */
  consentId: named(z.string().regex(/^[\x21-\x7e]{1,200}$/)),
  consentStatus,
  ...approval,
});
export type StartedConsent = z.output<typeof startedConsentSchema>;

/** A consent that has ended has ended, whatever its date says. */
export const consentSchema = z.object({
  consentId: z.unknown().optional(),
  consentStatus,
  validUntil: z.iso.date().optional().catch(undefined),
});
export type WireConsent = z.output<typeof consentSchema>;

export const startedAuthorisationSchema = z.object({ ...approval, scaStatus });
export const scaStatusSchema = z.object({ scaStatus });

const account = z.object({
  resourceId: z.string().min(1).max(500),
  bban: text,
  iban: text,
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .transform(currencyOf)
    .nullish()
    .catch(undefined),
  name: text,
  displayName: text,
  product: text,
  ownerName: text,
  status: z.string().nullish().catch(undefined),
  _links: links,
});
export type WireAccount = z.output<typeof account>;
export const accountsSchema = z
  .object({ accounts: listed('accounts', account) })
  .transform(({ accounts }) => accounts);

/** The other party of a transaction, or whose balances and transactions these are: either may be absent. */
const otherParty = z.object({ bban: text, iban: text }).nullish().catch(undefined);

const currency = z.string().regex(/^[A-Z]{3}$/);
/** At most three decimals, of which the third is zero: Drop keeps whole øre. */
const amount = z.object({ currency, amount: z.string().regex(/^-?\d{1,13}(\.\d{1,2}0?)?$/) });
const balance = z.object({
  balanceAmount: amount.refine(({ currency: code }) => code !== noCurrency),
  balanceType: z.string().min(1).max(40),
  creditLimitIncluded: z.boolean().nullish(),
});
export type WireBalance = z.output<typeof balance>;
/** A balance that cannot be read stands as null: what it would be compared with does not count as available. */
export const balancesSchema = z.object({
  account: otherParty,
  balances: listed('balances', balance, () => null),
});
export type WireBalances = z.output<typeof balancesSchema>;

const paymentStatuses = [
  ...['ACCC', 'ACCP', 'ACSC', 'ACSP', 'ACTC', 'ACWC', 'ACWP', 'RCVD', 'PDNG', 'RJCT', 'CANC', 'CNCL'],
  ...['ACFC', 'PATC', 'PART', 'RJCR', 'unknown'],
] as const;

/** The word that Drop knows, and the word on the wire, which is kept as evidence. */
const transactionStatus = z.string().transform((wire) => ({
  word: wordOf('transactionStatus', paymentStatuses).parse(wire),
  wire: wire.slice(0, 40),
}));
export type WireStatus = z.output<typeof transactionStatus>;

export const startedPaymentSchema = z.object({
  transactionStatus,
  paymentId: named(z.string().min(1)),
  ...approval,
});
export type StartedPayment = z.output<typeof startedPaymentSchema>;

const day = z.iso.date().nullish().catch(undefined);
const transaction = z.object({
  transactionId: text,
  entryReference: text,
  endToEndId: text,
  bookingDate: day,
  valueDate: day,
  transactionAmount: amount,
  creditorAccount: otherParty,
  debtorAccount: otherParty,
  remittanceInformationStructured: z.object({ reference: z.string() }).nullish().catch(undefined),
});
export type WireTransaction = z.output<typeof transaction>;

/** A transaction that cannot be read is left out: it proves nothing. */
export const transactionsSchema = z
  .object({
    account: otherParty,
    transactions: z.object({
      booked: listed('booked', transaction).default([]),
      pending: listed('pending', transaction).default([]),
      _links: links,
    }),
  })
  .transform(({ account, transactions: { _links, ...entries } }) => ({
    account,
    ...entries,
    next: _links['next'],
  }));
export type WireTransactions = z.output<typeof transactionsSchema>;

/** Absent or null, or as it is read: what cannot be read must not pass for what is not there. */
const orderedText = z.string().nullish();
const orderedAccount = z.object({ bban: orderedText, iban: orderedText });

const order = z.object({
  endToEndIdentification: orderedText,
  debtorAccount: orderedAccount,
  creditorAccount: orderedAccount,
  instructedAmount: amount,
  remittanceInformationUnstructured: orderedText,
  remittanceInformationStructured: z.object({ reference: z.string() }).nullish(),
  /** A day in another form is another day than the one that was ordered, and says nothing where none was. */
  requestedExecutionDate: orderedText,
});
export type WireOrder = z.output<typeof order>;

/** As it came: what it must be is known to the caller. */
const paymentId = z.unknown().optional();

/** The order stands beside the status. One that cannot be read is null, and contradicts what was approved. */
export const paymentSchema = z
  .object({ paymentId, transactionStatus, ...unreadParts(order.shape) })
  .transform(({ paymentId, transactionStatus, ...rest }) => {
    const read = order.safeParse(rest);
    return { paymentId, transactionStatus, order: read.success ? read.data : null };
  });
export type WirePayment = z.output<typeof paymentSchema>;

export const paymentStatusSchema = z.object({
  paymentId,
  transactionStatus,
  fundsAvailable: z.boolean().nullish().catch(undefined),
});
export type WirePaymentStatus = z.output<typeof paymentStatusSchema>;

export const cancellationSchema = z.object({ paymentId, transactionStatus, ...approval });

/** `tppMessages` of the bank, or a problem of RFC 7807. */
export const errorSchema = z.object({
  tppMessages: z
    .array(z.object({ category: z.string().optional(), code: z.string() }))
    .optional()
    .catch(undefined),
  code: z.string().optional().catch(undefined),
});
