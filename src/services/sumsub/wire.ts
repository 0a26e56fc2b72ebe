import { z } from 'zod';
import { absorbed, listed } from '#services/listed-items.ts';

/**
 * Sumsub's JSON as Drop reads it. Values that Drop does not know become `unknown` here. Parsing drops everything that
 * Drop does not use (names, dates of birth, document numbers, `clientComment`).
 */

/** A label that is not a string must not hide the others, one of which may be about crime. */
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
 * The answer of `GET /resources/applicants/{id}/status`. A status value that Drop does not know becomes `unknown`. An
 * answer without a status, or with a result in another form, is refused as a whole, so that it cannot revoke an
 * approval.
 */
export const statusSchema = z.object({
  levelName: z.string().optional().catch(undefined),
  reviewStatus: z.string().pipe(reviewStatusSchema.catch('unknown')),
  reviewResult: reviewResultSchema.nullish(),
});
export type WireStatus = z.output<typeof statusSchema>;

/** The answer of `POST /resources/applicants` and `GET /resources/applicants/{id}/one`. */
export const applicantSchema = z.object({ id: z.string().min(1), externalUserId: z.string().min(1) });
export type WireApplicant = z.output<typeof applicantSchema>;

/** The answer of `PATCH /resources/applicants/{id}/presence/deactivated`. */
export const deactivatedSchema = z.object({ id: z.string().min(1), deleted: z.literal(true) });

/** The answer of `GET /resources/applicants/-/byExternalUserId/{externalUserId}`. */
export const existenceSchema = z.union([
  z.object({ exists: z.literal(false) }),
  z.object({ exists: z.literal(true), applicant: applicantSchema }),
]);

/** The answer of `POST /resources/accessTokens/sdk`. The token is opaque. */
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
 * The answer of `GET /resources/applicants/{id}/requiredIdDocsStatus`, by step. A step is null when nothing was
 * submitted, or when the submission cannot be read; both count as pending.
 */
export const stepsSchema = z.record(z.string(), absorbed('steps', stepSchema.nullable(), null));
export type WireSteps = z.output<typeof stepsSchema>;
export type WireStep = z.output<typeof stepSchema>;

/**
 * The body of any refusal. `description` and `errorName` are left out, because they can contain the applicant's own
 * text. An id that is not in Sumsub's format is dropped, because the id is logged and stored unchanged.
 */
export const errorSchema = z.object({
  errorCode: z.int().optional().catch(undefined),
  correlationId: z
    .string()
    .regex(/^(req-)?[0-9a-f-]{32,36}$/)
    .optional()
    .catch(undefined),
});

/** e.g. `2026-02-23 14:30:00.123`, in UTC without a time zone. */
const timeSchema = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/)
  .transform((text) => new Date(`${text.replace(' ', 'T')}Z`))
  .refine((time) => !Number.isNaN(time.getTime()))
  .optional()
  .catch(undefined);

const webhookApplicantId = z.string().min(1).max(200).optional().catch(undefined);

/**
 * The members of a webhook that decide whether it is accepted, and no others, because webhooks arrive in bursts. `type`
 * is an open set; some types concern no applicant. Old payloads give the two modes as strings.
 */
export const webhookEnvelopeSchema = z.object({
  type: z.string().min(1).max(200),
  applicantId: webhookApplicantId,
  sandboxMode: z.unknown().optional(),
  testMode: z.unknown().optional(),
});

/** The members of a webhook that Drop acts on. */
export const webhookSchema = z.object({
  applicantId: webhookApplicantId,
  externalUserId: z.string().min(1).optional().catch(undefined),
  createdAtMs: timeSchema,
});
