import { z } from 'zod';

/** The customer's newest copy of their data. `askedAt` is null without one; the rest only while it is ready. */
export const dataCopySchema = z.object({
  status: z.enum(['none', 'making', 'ready', 'failed', 'expired']),
  askedAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime().nullable(),
  bytes: z.int().nullable(),
});

/** What stands in the way of closing the account. */
export const accountClosureSchema = z.object({
  /** Payments that are not over. */
  openPayments: z.int(),
});

/** The customer has typed a word, so that no mistaken press closes an account. */
export const closeAccountSchema = z.strictObject({
  confirmation: z.string().regex(/^(avslutt|close)$/i, 'must be the word AVSLUTT or CLOSE'),
});

export type DataCopy = z.output<typeof dataCopySchema>;
export type AccountClosure = z.output<typeof accountClosureSchema>;
