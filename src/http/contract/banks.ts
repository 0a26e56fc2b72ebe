import { z } from 'zod';
import { consentStatuses } from '#domain/banking/consent.ts';
import { nextStepSchema } from './next-step.ts';
import { givenIdSchema, timestampSchema } from './values.ts';

const bankSchema = z.object({
  id: z.string(),
  /** The bank by a name that stays the same when another provider serves it. */
  key: z.string(),
  name: z.string(),
  maximumConsentDays: z.int(),
  /** The company through which Drop reads; null where it reads at the bank itself. */
  readThrough: z.string().nullable(),
  /** The same of the consent that is renewed, where it is another company or none; null where nothing changes. */
  movesFrom: z.object({ readThrough: z.string().nullable() }).nullable(),
});
export const banksSchema = z.object({ banks: z.array(bankSchema) });

export const banksQuerySchema = z.object({
  /** A consent: only the bank at which it can be renewed. */
  renews: givenIdSchema.optional(),
});

/** A bank, or the consent that the new one takes the place of, at the same bank. */
export const newConnectionSchema = z
  .strictObject({ bankId: z.string().min(1).max(200).optional(), renews: givenIdSchema.optional() })
  .refine(({ bankId, renews }) => (bankId === undefined) !== (renews === undefined), {
    path: ['bankId'],
    message: 'Either bankId or renews is required',
  });
export const startedConnectionSchema = z.object({
  id: z.uuid(),
  /** The bank's page where the customer consents; absent where there is none. */
  consentUrl: z.url().optional(),
  next: nextStepSchema,
});

export const connectionSchema = z.object({
  id: z.uuid(),
  bankId: z.string(),
  bankName: z.string(),
  status: z.enum(consentStatuses),
  validUntil: timestampSchema.nullable(),
  createdAt: timestampSchema,
  /** Whether it takes the place of another one. */
  isRenewal: z.boolean(),
  /** What the customer has to do in the bank's own app, while the consent is pending. */
  next: nextStepSchema,
});
export const connectionsSchema = z.object({ connections: z.array(connectionSchema) });

export type Bank = z.output<typeof bankSchema>;
export type StartedConnection = z.output<typeof startedConnectionSchema>;
export type Connection = z.output<typeof connectionSchema>;
