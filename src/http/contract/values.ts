import { z } from 'zod';

/** An instant in UTC, as in `2026-02-23T13:30:00.000Z`. */
export const timestampSchema = z.iso.datetime();

export const moneySchema = z.strictObject({
  /** Whole øre. */
  amount: z.int(),
  currency: z.string().regex(/^[A-Z]{3}$/),
});
