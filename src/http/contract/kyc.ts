import { z } from 'zod';
import { kycStatuses } from '#domain/kyc/verdict.ts';

export const kycTokenSchema = z.object({ token: z.string() });

export const kycStateSchema = z.object({
  kycStatus: z.enum(kycStatuses),
  canRetry: z.boolean(),
  /** What to do about it, in the customer's language. */
  reasons: z.array(z.string()),
});

export type KycState = z.output<typeof kycStateSchema>;
