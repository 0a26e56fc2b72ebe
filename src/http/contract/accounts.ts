import { z } from 'zod';
import { balanceKinds } from '#domain/banking/balance.ts';
import { consentStatuses } from '#domain/banking/consent.ts';
import { moneySchema, timestampSchema } from './values.ts';

export const accountSchema = z.object({
  id: z.uuid(),
  connectionId: z.uuid(),
  bankName: z.string(),
  name: z.string().nullable(),
  /** Eleven digits; shown to its holder only. */
  accountNumber: z.string().nullable(),
  balance: moneySchema.nullable(),
  /** What the balance says; null where it is not known. Credit is never part of a balance. */
  balanceKind: z.enum(balanceKinds).nullable(),
  balanceAt: timestampSchema.nullable(),
  /** Whether a payment from the account was settled after the balance was read, so that the balance is an old one. */
  isPaidSince: z.boolean(),
  /** Whether the balance can be read and paid from now; otherwise the customer must consent again. */
  consentStatus: z.enum(consentStatuses),
  /** Whether it can be checked that an account belongs to the payee that the customer names. */
  payeeCheck: z.enum(['possible', 'not_possible']),
  /** What the bank takes in a payment, for checks before it is sent; null where it is not known. */
  paymentRules: z
    .object({
      takesKid: z.boolean(),
      kidLength: z.object({ min: z.int(), max: z.int() }),
      textLengthMax: z.int(),
      /** A class of a regular expression; absent for the characters of all Norwegian banks. */
      textCharacters: z.string().optional(),
      takesInstant: z.boolean(),
      /** How many days ahead a payment can be ordered; 0 where none can be ordered for a later day. */
      daysAheadMax: z.int(),
    })
    .nullable(),
});
export const accountsSchema = z.object({ accounts: z.array(accountSchema) });

export type Account = z.output<typeof accountSchema>;
