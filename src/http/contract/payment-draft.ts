import { z } from 'zod';

const typed = (lengthMax: number) => z.string().max(lengthMax);

/** A payment as the customer has filled it in so far: texts as they were typed, which need not be valid. */
export const paymentDraftSchema = z.strictObject({
  /** Empty until an account is chosen. */
  accountId: typed(36),
  accountNumber: typed(200),
  name: typed(1_000),
  amount: typed(100),
  referenceKind: z.enum(['kid', 'text']),
  kid: typed(200),
  text: typed(2_000),
  /** When to pay: as soon as the bank can, or on `date`. Absent in drafts of earlier clients, which pay at once. */
  when: z.enum(['now', 'on']).optional(),
  /** As in the field: a day, `YYYY-MM-DD`, or empty. */
  date: typed(20).optional(),
  instant: z.boolean().optional(),
  /** That of the payment which the draft becomes, so that a draft is paid once. */
  idempotencyKey: z.string().min(8).max(255),
  /** Tells what was kept last from what was kept before. */
  revision: z.uuid().optional(),
});
export const keptPaymentDraftSchema = z.object({ draft: paymentDraftSchema.nullable() });

export type PaymentDraft = z.output<typeof paymentDraftSchema>;
