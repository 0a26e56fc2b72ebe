import { z } from 'zod';
import { listed } from '#services/listed-items.ts';

/** Fjord Pay's JSON as far as Drop reads it. Amounts are in øre; words that are not known here become `unknown`. */

/** An id that goes into a path. */
const pathId = z.string().regex(/^[\w-]{1,100}$/);
const code = z
  .string()
  .regex(/^\w{1,40}$/)
  .nullish()
  .catch(undefined);

const bank = z.object({
  account_bank_id: z.string().min(1),
  payment_bank_id: z.string().min(1).nullish(),
  name: z.string().min(1),
  bic: z.string().nullish(),
  consent_days: z.int().positive(),
});
export type WireBank = z.output<typeof bank>;
export const banksSchema = z.object({ banks: listed('banks', bank) }).transform(({ banks }) => banks);

/** How the customer approves. A way that is not known is none: the payment or consent has to be read. */
const approval = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('exempted') }),
    z.object({ kind: z.literal('page'), url: z.url({ protocol: /^https?$/ }) }),
    z.object({
      kind: z.literal('app'),
      message: z.string().max(300).nullish(),
      ask_again_seconds: z.number().positive(),
    }),
  ])
  .catch({ kind: 'exempted' });
export type Approval = z.output<typeof approval>;

export const startedConsentSchema = z.object({ consent_id: pathId, approval });

export const tokensSchema = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1) });
export type Tokens = z.output<typeof tokensSchema>;

const account = z.object({
  account_ref: pathId,
  stable_id: z.string().min(1),
  number: z.string().regex(/^\d{11}$/),
  name: z.string().nullish(),
  owner: z.string().nullish(),
  currency: z.string().regex(/^[A-Z]{3}$/),
});

export const consentSchema = z.object({
  consent_id: pathId,
  bank_id: z.string(),
  status: z.enum(['pending', 'approved', 'active', 'ended', 'unknown']).catch('unknown'),
  ended_by: z.enum(['time', 'application', 'customer', 'refusal']).nullish().catch(undefined),
  valid_until: z.iso.datetime().transform((time) => new Date(time)),
  accounts: listed('accounts', account),
  approval,
});
export type WireConsent = z.output<typeof consentSchema>;

export const balanceSchema = z.object({ available: z.int(), currency: z.string().regex(/^[A-Z]{3}$/) });
export type WireBalance = z.output<typeof balanceSchema>;

/** Words and ids that cannot be read are not given back; a transaction whose money cannot be read is left out. */
const transactionText = z.string().max(100).nullish().catch(undefined);
const transaction = z.object({
  entry_id: z.string().min(1).max(100),
  state: z.enum(['booked', 'reserved', 'unknown']).catch('unknown'),
  direction: z.enum(['in', 'out']),
  amount: z.int().positive(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  day: z.iso.date().nullish().catch(undefined),
  other_account: transactionText,
  kid: transactionText,
  end_to_end_id: transactionText,
});
export type WireTransaction = z.output<typeof transaction>;
export const transactionsSchema = z.object({
  transactions: listed('transactions', transaction),
  next_page: pathId.nullish().catch(undefined),
});
export type WireTransactions = z.output<typeof transactionsSchema>;

const statusWords = ['waiting', 'approved', 'executing', 'done', 'declined', 'cancelled', 'unknown'] as const;
export type PaymentStatusWord = (typeof statusWords)[number];

const order = z.object({
  amount: z.int().positive(),
  currency: z.literal('NOK'),
  debtor: z.string(),
  creditor: z.string(),
  kid: z.string().nullish(),
  text: z.string().nullish(),
  end_to_end_id: z.string(),
});

export const paymentSchema = z.object({
  payment_id: pathId,
  /** The word that Drop knows, and what was on the wire, which is kept as evidence. */
  status: z.string().transform((wire) => ({
    word: z.enum(statusWords).catch('unknown').parse(wire),
    wire: wire.slice(0, 40),
  })),
  reason_code: code,
  order: order.optional().catch(undefined),
  /** Needed to go on with the payment, and to call it back. */
  payment_token: z.string().min(1).nullish(),
  approval,
});
export type WirePayment = z.output<typeof paymentSchema>;

export const webhookBodySchema = z.object({ event_id: z.string(), payment_id: pathId, status: code });
