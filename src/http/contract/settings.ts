import { z } from 'zod';
import { locales } from '#domain/locale.ts';
import { isPayable } from '#domain/money.ts';
import { optionalCategories } from '#domain/notice/notices.ts';
import { moneySchema } from './values.ts';

export const settingsSchema = z.object({
  /** The language of mails. */
  locale: z.enum(locales),
  /** The optional kinds of mail that the customer gets. Mails about money and security are always sent. */
  optionalMails: z.array(z.enum(optionalCategories)),
  /** The customer's own limit for one payment; null without one. */
  paymentLimit: moneySchema.nullable(),
  /** The same for all that is ordered in one day in Norway. */
  dayLimit: moneySchema.nullable(),
});

const limitSchema = moneySchema.refine(isPayable, 'not an amount that Drop can pay');

/** Absent members stay as they are; a limit that is null is removed. */
export const changedSettingsSchema = z.strictObject({
  locale: z.enum(locales).optional(),
  optionalMails: z.array(z.enum(optionalCategories)).max(optionalCategories.length).optional(),
  paymentLimit: limitSchema.nullable().optional(),
  dayLimit: limitSchema.nullable().optional(),
});

export type Settings = z.output<typeof settingsSchema>;
export type ChangedSettings = z.output<typeof changedSettingsSchema>;
