import { z } from 'zod';
import { locales } from '#domain/locale.ts';
import { optionalCategories } from '#domain/notice/notices.ts';

export const settingsSchema = z.object({
  /** The language of mails. */
  locale: z.enum(locales),
  /** The optional kinds of mail that the customer gets. Mails about money and security are always sent. */
  optionalMails: z.array(z.enum(optionalCategories)),
});

/** What is absent stays as it is. */
export const changedSettingsSchema = z.strictObject({
  locale: z.enum(locales).optional(),
  optionalMails: z.array(z.enum(optionalCategories)).max(optionalCategories.length).optional(),
});

export type Settings = z.output<typeof settingsSchema>;
export type ChangedSettings = z.output<typeof changedSettingsSchema>;
