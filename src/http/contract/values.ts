import { z } from 'zod';

/** An instant in UTC, as in `2026-02-23T13:30:00.000Z`. */
export const timestampSchema = z.iso.datetime();

/** An id that a client gives, in any case: read as the small letters in which Drop writes and compares ids. */
export const givenIdSchema = z.uuid().toLowerCase();

export const moneySchema = z.strictObject({
  /** Whole øre. */
  amount: z.int(),
  currency: z.string().regex(/^[A-Z]{3}$/),
});
