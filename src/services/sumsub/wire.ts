import { z } from 'zod';
import { absorbed, listed } from '#services/listed-items.ts';

/**
 * Sumsub's JSON as Drop reads it. Words that Drop does not know become `unknown` here; what Drop has no use for (names,
 * dates of birth, document numbers, `clientComment`) is dropped at the parse and goes no further.
 */

/** One label that is no text must not hide the others: one of them may be about crime. */
const labelsSchema = absorbed(
  'rejectLabels',
  listed('rejectLabels', z.string()).nullish(),
  undefined,
).transform((labels) => labels ?? []);

const reviewResultSchema = z.object({
  reviewAnswer: z.enum(['GREEN', 'RED', 'RETRY', 'unknown']).optional().catch('unknown'),
  reviewRejectType: z.enum(['RETRY', 'FINAL', 'unknown']).optional().catch('unknown'),
  rejectLabels: labelsSchema,
  moderationComment: z.string().optional().catch(undefined),
});

const reviewStatusSchema = z.enum([
  'init',
  'pending',
  'prechecked',
  'queued',
  'completed',
  'onHold',
  'awaitingUser',
  'awaitingService',
  'unknown',
]);

/**
 * Of `GET /resources/applicants/{id}/status`. A status of which Drop does not know the word is unknown; an answer that
 * has none, or a result of another form, is no status at all, and takes nothing from anybody.
 */
export const statusSchema = z.object({
  levelName: z.string().optional().catch(undefined),
  reviewStatus: z.string().pipe(reviewStatusSchema.catch('unknown')),
  reviewResult: reviewResultSchema.nullish(),
});
export type WireStatus = z.output<typeof statusSchema>;

/** Of `POST /resources/applicants` and `GET /resources/applicants/{id}/one`. */
export const applicantSchema = z.object({ id: z.string().min(1), externalUserId: z.string().min(1) });
export type WireApplicant = z.output<typeof applicantSchema>;

/** Of `GET /resources/applicants/-/byExternalUserId/{externalUserId}`. */
export const existenceSchema = z.union([
  z.object({ exists: z.literal(false) }),
  z.object({ exists: z.literal(true), applicant: applicantSchema }),
]);

/** Of `POST /resources/accessTokens/sdk`. The token is an arbitrary string and is not looked into. */
export const accessTokenSchema = z.object({ token: z.string().min(1), userId: z.string() });

const stepSchema = z.object({
  reviewResult: absorbed('reviewResult', reviewResultSchema.nullish(), undefined),
  imageReviewResults: absorbed(
    'imageReviewResults',
    z.record(z.string(), absorbed('imageReviewResults', reviewResultSchema.nullable(), null)).nullish(),
    undefined,
  ).transform((results) => results ?? {}),
});

/**
 * Of `GET /resources/applicants/{id}/requiredIdDocsStatus`: by step, null where nothing was submitted, and where what
 * was cannot be read: both are pending.
 */
export const stepsSchema = z.record(z.string(), absorbed('steps', stepSchema.nullable(), null));
export type WireSteps = z.output<typeof stepsSchema>;
export type WireStep = z.output<typeof stepSchema>;

/**
 * Of any refusal. `description` and `errorName` are left out: they can hold what the applicant wrote. An id that is not
 * of the form of Sumsub's is none, since it is written into log and database as it stands.
 */
export const errorSchema = z.object({
  errorCode: z.int().optional().catch(undefined),
  correlationId: z
    .string()
    .regex(/^(req-)?[0-9a-f-]{32,36}$/)
    .optional()
    .catch(undefined),
});

/** e.g. `2026-02-23 14:30:00.123`: UTC, without saying so. */
const timeSchema = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/)
  .transform((text) => new Date(`${text.replace(' ', 'T')}Z`))
  .refine((time) => !Number.isNaN(time.getTime()))
  .optional()
  .catch(undefined);

const webhookApplicantId = z.string().min(1).max(200).optional().catch(undefined);

/**
 * What of a webhook decides whether it is taken in: no more than that, since webhooks come in floods. `type` is an open
 * set; some types concern no applicant. Old payloads give the two modes as strings.
 */
export const webhookEnvelopeSchema = z.object({
  type: z.string().min(1).max(200),
  applicantId: webhookApplicantId,
  sandboxMode: z.unknown().optional(),
  testMode: z.unknown().optional(),
});

/** What of a webhook is acted upon. */
export const webhookSchema = z.object({
  applicantId: webhookApplicantId,
  externalUserId: z.string().min(1).optional().catch(undefined),
  createdAtMs: timeSchema,
});
