import { z } from 'zod';
import { locales } from '#domain/locale.ts';
import { creditorNameLengthMax, messageLengthMax } from '#domain/banking/bank-text.ts';
import { documentKinds } from '#domain/payment/document.ts';
import { paymentFailureReasons } from '#domain/payment/reason.ts';
import { searchLengthMax } from '#domain/payment/search.ts';
import { periodFault } from '#domain/payment/statement-period.ts';
import { paymentStatuses } from '#domain/payment/status.ts';
import { textForBank } from './bank-text.ts';
import { nextStepSchema } from './next-step.ts';
import { givenIdSchema, moneySchema, timestampSchema } from './values.ts';

/** A character of four bytes, percent-encoded. */
const encodedCharacterLengthMax = 12;

/** A number as it was pasted, with what stands around its digits; 25 digits are the longest there is. */
const pastedNumber = z.string().max(200);

export const newPaymentSchema = z.strictObject({
  accountId: givenIdSchema,
  amount: moneySchema,
  creditor: z.strictObject({
    name: textForBank(creditorNameLengthMax).min(1),
    accountNumber: pastedNumber.min(1),
  }),
  /** A KID or a text, not both. */
  kid: pastedNumber.optional(),
  text: textForBank(messageLengthMax).optional(),
  /** Whether it is to be instant, which excludes a KID and a day. */
  instant: z.boolean().optional(),
  /** The day in Norway on which the bank is to carry it out, after today; absent for as soon as it can. */
  executionDate: z.iso.date().optional(),
  /** Whether the customer wants it although the answer `payment_repeated` said that one like it was made just now. */
  acceptsRepeat: z.boolean().optional(),
});

export const startedPaymentSchema = z.object({
  id: z.uuid(),
  status: z.enum(paymentStatuses),
  /** The bank's page where the customer approves; absent when nothing is to be approved there. */
  redirectUrl: z.url().optional(),
  next: nextStepSchema,
});

export const paymentSchema = z.object({
  id: z.uuid(),
  /** A short name of it to read aloud, such as `7K4M-Q2XT`; the search finds it. */
  reference: z.string(),
  status: z.enum(paymentStatuses),
  /** `no`, `not_yet_known`, `yes`: whether money has left the customer's account. */
  moneyMoved: z.enum(['no', 'not_yet_known', 'yes']),
  /** Whether the bank says something that cannot be true beside what Drop holds: Drop's people look into it. */
  isContradicted: z.boolean(),
  /** Whether the bank has said that the creditor's account was credited. */
  creditorCredited: z.boolean(),
  /** Why it did not go through, or why the bank waits: a code for the words of the screen. */
  reason: z.enum(paymentFailureReasons).nullable(),
  amount: moneySchema,
  creditor: z.object({ name: z.string(), accountNumber: z.string() }),
  kid: z.string().nullable(),
  text: z.string().nullable(),
  instant: z.boolean(),
  /** The day in Norway for which it was ordered; null for as soon as the bank can. */
  executionDate: z.iso.date().nullable(),
  debtor: z.object({ accountId: z.uuid(), bankName: z.string(), accountNumber: z.string().nullable() }),
  /** What to quote to the bank. */
  bankReference: z.string().nullable(),
  /** Whether it can be called back from Drop now. */
  isCancellable: z.boolean(),
  /** Whether the customer may put it aside: it waits for their approval, and cannot be called back. */
  isDismissable: z.boolean(),
  /** When the customer put it aside; its way to the bank is not shown since. */
  dismissedAt: timestampSchema.nullable(),
  /** Where to approve, while the bank waits for that. */
  redirectUrl: z.url().nullable(),
  /** How to approve, while the bank waits for that. */
  next: nextStepSchema,
  /** The PDFs that exist of it: at `/api/payments/{id}/confirmation.pdf` and `/receipt.pdf`. */
  documents: z.array(z.enum(documentKinds)),
  createdAt: timestampSchema,
  settledAt: timestampSchema.nullable(),
  timeline: z.array(z.object({ status: z.enum(paymentStatuses), at: timestampSchema })),
});
/** A payment that was called back, and what the customer has to do for that. */
export const cancelledPaymentSchema = paymentSchema.extend({ cancellation: nextStepSchema });

const statusFilter = z.enum(paymentStatuses);
/** A day in Norway of this century. */
const daySchema = z.iso.date().refine((day) => day.startsWith('20'), 'must be a day from 2000 to 2099');

export const paymentsQuerySchema = z
  .object({
    /** One status, or several: `status=settled&status=rejected`. */
    status: z.union([statusFilter, z.array(statusFilter).max(paymentStatuses.length)]).optional(),
    /** The first day on which they were created, in Norway. */
    from: daySchema.optional(),
    /** The last day. */
    to: daySchema.optional(),
    /** Only those that were settled on this day or later, in Norway. */
    settledFrom: daySchema.optional(),
    /** `nextCursor` of the page before; the first page without it. */
    cursor: givenIdSchema.optional(),
    /** The most payments on the page; 50 unless given. */
    limit: z.coerce.number().int().min(1).max(100).optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'must not be before `from`',
  });

/**
 * The text to search for, percent-encoded: a part of the creditor's name, of the text, of the KID or of an account
 * number, an amount in kroner, or the `reference`. It is a header, because proxies log addresses.
 */
export const paymentsHeadersSchema = z.object({
  'drop-search': z
    .string()
    .max(searchLengthMax * encodedCharacterLengthMax)
    .optional(),
});

/** The days on which the payments of a statement were created, in Norway, both included; at most 366. */
export const statementQuerySchema = z
  .object({ from: daySchema, to: daySchema, locale: z.enum(locales).optional() })
  .superRefine((period, { addIssue }) => {
    const fault = periodFault(period);
    const message =
      fault === 'reversed' ? 'must not be before `from`' : 'must be within 366 days from `from`';
    if (fault !== undefined) addIssue({ code: 'custom', path: ['to'], message });
  });

/** The newest first. */
export const paymentsSchema = z.object({
  payments: z.array(paymentSchema),
  /** Null on the last page. A page that finds little may be short, or empty, and not be the last one. */
  nextCursor: z.uuid().nullable(),
});

export type NewPayment = z.input<typeof newPaymentSchema>;
export type StartedPayment = z.output<typeof startedPaymentSchema>;
export type CancelledPayment = z.output<typeof cancelledPaymentSchema>;
export type Payment = z.output<typeof paymentSchema>;
export type Payments = z.output<typeof paymentsSchema>;
export type StatementQuery = z.output<typeof statementQuerySchema>;
