import { z } from 'zod';
import { timestampSchema } from './values.ts';

/** As it was typed; the server judges it. */
export const newEmailAddressSchema = z.strictObject({ address: z.string().max(1_000) });

/** The token from the link in the mail. */
export const emailVerificationSchema = z.strictObject({ token: z.string().min(1).max(200) });

export const emailAddressSchema = z.object({
  /** The verified address, to which mails go. */
  address: z.string().nullable(),
  /** The address that was entered and is not verified yet. */
  pendingAddress: z.string().nullable(),
  /** `verified` as long as there is an `address`, also while another one is pending. */
  status: z.enum(['none', 'unverified', 'verified']),
  /** Whether mail to `address` came back, so that none is sent there. */
  isSuppressed: z.boolean(),
  /** The same for `pendingAddress`. */
  isPendingSuppressed: z.boolean(),
  /** Until when the link to `pendingAddress` can be used. */
  linkExpiresAt: timestampSchema.nullable(),
  /** Whether to ask the customer for an address: there is none, and they have not declined. */
  shouldAsk: z.boolean(),
});

export type EmailAddress = z.output<typeof emailAddressSchema>;
