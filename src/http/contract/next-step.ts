import { z } from 'zod';

/** What the customer does next, for a consent, a payment or a cancellation. */
export const nextStepSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({
    kind: z.literal('redirect'),
    /** The bank's page. */
    url: z.url(),
  }),
  z.object({
    kind: z.literal('decoupled'),
    /** The bank's words for the customer, who approves in the bank's own app. */
    message: z.string().nullable(),
    /** When it makes sense to ask again. */
    askAgainSeconds: z.int(),
  }),
]);

export type NextStep = z.output<typeof nextStepSchema>;
