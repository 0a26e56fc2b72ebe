import { z } from 'zod';

/** Postmark's inbound webhook, with "Include raw email content in JSON payload" on; only the mail itself is read. */
export const postmarkSchema = z.object({ RawEmail: z.string().min(1) });

/** What of a report is kept in the inbox: no address and no text. */
export const keptReportSchema = z.object({
  /** Null where the report does not say which mail it is about, or says of nothing that failed. */
  bounce: z
    .object({ mailId: z.string(), action: z.enum(['failed', 'delayed']), statusCode: z.string() })
    .nullable(),
});

export type KeptReport = z.output<typeof keptReportSchema>;
