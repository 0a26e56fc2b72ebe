import { z } from 'zod';
import { currencyOf, noCurrency } from '#domain/banking/currency.ts';
import { absorbed, listed, wordOf } from '#services/listed-items.ts';
import { accountNumberOf } from './account-numbers.ts';
import { readTime } from './time.ts';

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

const paymentStatusWord = wordOf('status', paymentStatusWords);
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

const genericIdentification = z.object({ identification: z.string(), scheme_name: z.string().nullish() });
export type GenericIdentification = z.output<typeof genericIdentification>;
const aspspName = z.object({ name: z.string(), country: z.string() });
/** Text that PostgreSQL can keep and a URL can hold. */
const plainText = z
  .string()
  .min(1)
  .refine((text) => text.isWellFormed() && !text.includes('\0'));
const redirectTarget = z.url({ protocol: /^https?$/ });

const remittanceInformationLine = z.object({
  max_length: z.int().nullish(),
  pattern: z.string().nullish().catch(undefined),
});

const paymentCapability = z.object({
  payment_type: z.string(),
  psu_type: z.string(),
  currencies: listed('currencies', z.string()).nullish(),
  debtor_account_required: z.boolean().nullish().catch(undefined),
  debtor_account_schemas: listed('debtor_account_schemas', z.string()).nullish(),
  creditor_account_schemas: listed('creditor_account_schemas', z.string()).nullish(),
  reference_number_supported: z.boolean().nullish(),
  reference_number_schemas: listed('reference_number_schemas', z.string()).nullish(),
  // The first line is what Drop fills in: one that cannot be read must not give its place to the next.
  remittance_information_lines: listed(
    'remittance_information_lines',
    remittanceInformationLine,
    (): z.output<typeof remittanceInformationLine> => ({}),
  ).nullish(),
  requested_execution_date_supported: z.boolean().nullish().catch(undefined),
  requested_execution_date_max_period: z.int().nullish().catch(undefined),
  final_successful_statuses: listed('final_successful_statuses', z.string()).nullish(),
});
export type PaymentCapability = z.output<typeof paymentCapability>;

const aspsp = z.object({
  name: plainText,
  country: z.string(),
  bic: absorbed('bic', z.string().nullish(), undefined),
  maximum_consent_validity: z.int().positive(),
  required_psu_headers: absorbed(
    'required_psu_headers',
    listed('required_psu_headers', z.string()).nullish(),
    undefined,
  ),
  payments: absorbed('payments', listed('payments', paymentCapability).nullish(), undefined),
});
export type Aspsp = z.output<typeof aspsp>;

export const aspspsSchema = z.object({ aspsps: listed('aspsps', aspsp) }).transform(({ aspsps }) => aspsps);

export const startAuthorizationSchema = z.object({ url: redirectTarget });

/** Text that says nothing is none. */
const nothing = z.literal('').transform(() => undefined);
const optionalText = (name: string) =>
  absorbed(`accounts.${name}`, plainText.or(nothing).nullish(), undefined);
const identifier = z.object({ identification: z.string() });
const accountIdentification = z.object({
  iban: absorbed('account_id.iban', z.string().nullish(), undefined),
  other: absorbed('account_id.other', identifier.nullish(), undefined),
});

/** `AccountResource`. What an account can do without does not cost it the rest. */
const accountDetails = z.object({
  account_id: absorbed('accounts.account_id', accountIdentification.nullish(), undefined),
  all_account_ids: absorbed(
    'accounts.all_account_ids',
    listed('all_account_ids', identifier).nullish(),
    undefined,
  ),
  name: optionalText('name'),
  details: optionalText('details'),
  product: optionalText('product'),
  /** Undefined where it is not known. */
  currency: absorbed(
    'accounts.currency',
    z
      .string()
      .regex(/^[A-Z]{3}$/)
      .transform(currencyOf),
    undefined,
  ),
  /** A credit limit that cannot be read counts as a credit limit. */
  credit_limit: absorbed('accounts.credit_limit', amount.nullish(), 'unreadable' as const),
  identification_hash: optionalText('identification_hash'),
});

const uid = z.string().regex(/^[\w-]{1,100}$/);

/** An account that nothing would tell apart from others in the next consent is odd. */
const accountResource = accountDetails
  .extend({ uid: uid.nullish() })
  .refine((account) => !isReachable(account) || isRecognisable(account), { path: ['identification_hash'] });
export type AccountResource = z.output<typeof accountResource>;

/** Without a `uid` an account cannot be read: it is blocked or closed at the bank. */
export function isReachable<Account extends { uid?: string | null | undefined }>(
  account: Account,
): account is Account & { uid: string } {
  return account.uid !== null && account.uid !== undefined;
}

export function isRecognisable(account: z.output<typeof accountDetails>): boolean {
  return (account.identification_hash ?? accountNumberOf(account)) !== undefined;
}

const time = z
  .string()
  .transform(readTime)
  .refine((read) => read !== undefined);

/** Absent means what was asked for. */
const isCovered = z.boolean().nullish().catch(undefined);

/** Of a session, what can be read again from the provider may be missing. */
const sessionFields = {
  aspsp: absorbed('aspsp', aspspName.optional(), undefined),
  access: absorbed('access', z.object({ valid_until: time, transactions: isCovered }).optional(), undefined),
};

/** Goes into the path of what is called next, and is kept: a longer one has no place in an index. */
const sessionId = plainText.refine((id) => id !== '.' && id !== '..' && id.length <= 1_000);

/** `AuthorizeSessionResponse`. The code has been used by then: only the session's id is indispensable. */
export const authorizeSessionSchema = z.object({
  session_id: sessionId,
  accounts: absorbed('accounts', listed('accounts', accountResource), []),
  ...sessionFields,
});
export type AuthorizedSession = z.output<typeof authorizeSessionSchema>;

/** Of `GET /accounts/{account_id}/details`. */
export const accountDetailsSchema = accountDetails
  .extend({ uid: uid.nullish() })
  .refine(isRecognisable, { path: ['identification_hash'] });
export type AccountDetails = z.output<typeof accountDetails>;

/** An account whose details could not be read: it is not known either whether it has a credit limit. */
export const unknownAccount: AccountDetails = { ...accountDetails.parse({}), credit_limit: 'unreadable' };

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

export const sessionSchema = z.object({
  status: wordOf('status', sessionStatusWords),
  accounts: absorbed('accounts', listed('accounts', uid).optional(), undefined),
  accounts_data: absorbed(
    'accounts_data',
    listed(
      'accounts_data',
      z.object({ uid, identification_hash: optionalText('identification_hash') }),
    ).optional(),
    undefined,
  ),
  ...sessionFields,
});
export type Session = z.output<typeof sessionSchema>;

const balance = z.object({
  // A label that cannot be read may name credit.
  name: z.string().nullish(),
  balance_amount: amount.refine(({ currency }) => currency !== noCurrency, { path: ['currency'] }),
  balance_type: z.string(),
});
export type WireBalance = z.output<typeof balance>;

/** A balance whose amount is not known: what it was could change what the others mean. */
const unreadBalance = z
  .object({
    balance_type: z.string().optional().catch(undefined),
    balance_amount: z
      .object({ currency: z.string().optional().catch(undefined) })
      .optional()
      .catch(undefined),
  })
  .catch({});
export type UnreadBalance = z.output<typeof unreadBalance>;

type ReportedBalance = { read: WireBalance } | { unread: UnreadBalance };

export const balancesSchema = z
  .object({
    balances: listed(
      'balances',
      balance.transform((read): ReportedBalance => ({ read })),
      (raw) => ({ unread: unreadBalance.parse(raw) }),
    ),
  })
  .transform(({ balances }) => ({
    balances: balances.flatMap((reported) => ('read' in reported ? [reported.read] : [])),
    unread: balances.flatMap((reported) => ('unread' in reported ? [reported.unread] : [])),
  }));
export type ReportedBalances = z.output<typeof balancesSchema>;

/** The id counts for most: by it the payment can be read, whatever else is unreadable. */
export const createPaymentSchema = z.object({
  payment_id: pathId,
  status: paymentStatus.catch({ word: 'unknown', wire: '' }),
  url: redirectTarget.optional().catch(undefined),
});
export type CreatedPayment = z.output<typeof createPaymentSchema>;

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
  /** A day in another form is another day than the one that was ordered, and says nothing where none was. */
  requested_execution_date: text,
});

/**
 * The order as the provider reports it (OpenAPI, `GetPaymentResponse`, where it is required). Drop orders one transfer,
 * so an order of several cannot be compared.
 */
const paymentDetails = z.object({
  debtor_account: genericIdentification.nullish(),
  credit_transfer_transaction: z.tuple([transfer]),
});

export const paymentSchema = z.object({
  payment_id: pathId,
  status: paymentStatus,
  final_status: z.boolean().nullish().catch(undefined),
  status_reason_information: z
    .object({ status_reason_code: z.string().max(wordLengthMax) })
    .nullish()
    .catch(undefined),
  /** Undefined where it is absent or cannot be read: then the order is a contradiction, not an agreement. */
  payment_details: paymentDetails.optional().catch(undefined),
  payment_type: z.string().nullish().catch(undefined),
  aspsp: aspspName.nullish().catch(undefined),
});
export type WirePayment = z.output<typeof paymentSchema>;

/**
 * `SuccessResponse`, the answer of what is only done or not done. Its `message` is optional; an object without it that
 * has other fields is another answer, such as the page of a gateway, and confirms nothing.
 */
export const successSchema = z
  .looseObject({ message: z.string().nullish(), error: z.undefined().optional() })
  .refine((answer) => 'message' in answer || Object.keys(answer).length === 0, { path: ['message'] });

/** The body of a refusal. `error` is one of forty words, or one that is new. */
export const errorSchema = z.object({ error: z.string().nullish().catch(undefined) });

/** The body of a webhook. Its fields are not documented beyond being about one payment. */
export const webhookBodySchema = z.looseObject({
  payment_id: pathId,
  status: z.string().max(20).nullish().catch(undefined),
});

/** OpenAPI, `TransactionStatus`. */
const transactionStatuses = ['BOOK', 'CNCL', 'HOLD', 'OTHR', 'PDNG', 'RJCT', 'SCHD', 'unknown'] as const;
const transactionText = z.string().max(200).nullish().catch(undefined);
const transactionDay = z.iso.date().nullish().catch(undefined);
const otherAccount = accountIdentification.nullish().catch(undefined);

/** `Transaction`, without names and texts. One that cannot be read is left out: it gives no hint. */
const transaction = z.object({
  entry_reference: transactionText,
  transaction_amount: amount,
  credit_debit_indicator: wordOf('credit_debit_indicator', ['CRDT', 'DBIT', 'unknown']),
  status: wordOf('status', transactionStatuses),
  booking_date: transactionDay,
  transaction_date: transactionDay,
  creditor_account: otherAccount,
  debtor_account: otherAccount,
  reference_number: transactionText,
  reference_number_schema: transactionText,
});
export type WireTransaction = z.output<typeof transaction>;

export const transactionsSchema = z.object({
  transactions: listed('transactions', transaction),
  continuation_key: z.string().max(2_000).nullish(),
});
export type WireTransactions = z.output<typeof transactionsSchema>;
