import { z } from 'zod';
import { creditorNameLengthMax } from '#domain/banking/bank-text.ts';
import { creditorLabelLengthMax } from '#domain/payment/creditor.ts';
import { textForBank } from './bank-text.ts';

/** The customer's own name of a recipient, which no bank sees. */
const labelSchema = z.string().trim().min(1).max(creditorLabelLengthMax);

export const newCreditorSchema = z.strictObject({
  label: labelSchema,
  name: textForBank(creditorNameLengthMax).min(1),
  /** As it was typed or pasted, with what stands around its digits. */
  accountNumber: z.string().min(1).max(200),
});
export const renamedCreditorSchema = z.strictObject({ label: labelSchema });

const recentCreditorSchema = z.object({ name: z.string(), accountNumber: z.string() });
export const savedCreditorSchema = recentCreditorSchema.extend({ id: z.uuid(), label: z.string() });

export const creditorsSchema = z.object({
  /** By the customer's own names. */
  saved: z.array(savedCreditorSchema),
  /** Of the newest approved payments, the newest first; neither saved ones nor the customer's own accounts. */
  recent: z.array(recentCreditorSchema),
});

export type NewCreditor = z.input<typeof newCreditorSchema>;
export type SavedCreditor = z.output<typeof savedCreditorSchema>;
export type RecentCreditor = z.output<typeof recentCreditorSchema>;
export type Creditors = z.output<typeof creditorsSchema>;
