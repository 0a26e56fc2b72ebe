import { z } from 'zod';
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
  balanceAt: timestampSchema.nullable(),
  /** Whether a payment from the account was settled after the balance was read, so that the balance is an old one. */
  isPaidSince: z.boolean(),
  /** Whether the balance can be read and paid from now; otherwise the customer must consent again. */
  consentStatus: z.enum(consentStatuses),
});
export const accountsSchema = z.object({ accounts: z.array(accountSchema) });

export type Account = z.output<typeof accountSchema>;
