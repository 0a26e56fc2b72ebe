import { z } from 'zod';
import { consentEndCauses, consentStatuses } from '#domain/banking/consent.ts';
import { givenIdSchema, timestampSchema } from './values.ts';

const consentAccountSchema = z.object({
  id: z.uuid(),
  name: z.string().nullable(),
  /** Eleven digits; shown to its holder only. */
  accountNumber: z.string().nullable(),
  /** When a balance was last read with this consent, and whether the customer was there; null where none was. */
  readAt: timestampSchema.nullable(),
  isReadAttended: z.boolean().nullable(),
  /** In the last 24 hours, as the bank counts them, with any consent. */
  unattendedReads: z.int(),
});

const consentSchema = z.object({
  id: z.uuid(),
  bankName: z.string(),
  /** The company through which Drop reads; null where it reads at the bank itself, or where that is not known. */
  readThrough: z.string().nullable(),
  /** `failed`: the customer came back from the bank, and the consent could not be used. */
  status: z.enum(consentStatuses),
  /** What Drop uses it for, such as `show_balance`. Further words may be added. */
  purposes: z.array(z.string()),
  /** The parts of each account that Drop reads, such as `balance`. Further words may be added. */
  reads: z.array(z.string()),
  accounts: z.array(consentAccountSchema),
  createdAt: timestampSchema,
  validUntil: timestampSchema.nullable(),
  /** When its end was noted; null while it is in force. */
  endedAt: timestampSchema.nullable(),
  endCause: z.enum(consentEndCauses).nullable(),
  /** Whether it has ended in Drop while the bank has not been reached yet. */
  isEndingAtBank: z.boolean(),
  /** Whether a new consent can take its place: `renews` of `POST /api/bank-connections`. */
  isRenewable: z.boolean(),
});

export const consentsQuerySchema = z.object({
  /** `nextCursor` of the page before; the first page without it. */
  cursor: givenIdSchema.optional(),
});

/** Those in force first, then the others; each the newest first. */
export const consentsSchema = z.object({
  consents: z.array(consentSchema),
  /** How many readings of an account banks allow in 24 hours without the customer. */
  unattendedReadsMax: z.int(),
  /** Null on the last page. */
  nextCursor: z.uuid().nullable(),
});

export type Consent = z.output<typeof consentSchema>;
export type Consents = z.output<typeof consentsSchema>;
