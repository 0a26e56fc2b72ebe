import { z } from 'zod';
import { absorbed, listed } from '#services/listed-items.ts';

/**
 * Sumsub's JSON as Drop reads it. Words that Drop does not know become `unknown` here; what Drop has no use for (names,
 * dates of birth, document numbers, `clientComment`) is dropped at the parse and goes no further.
 */

/** One label that is no text must not hide the others: one of them may be about crime. */
const labelsWire = absorbed(
  'rejectLabels',
  listed('rejectLabels', z.string()).nullish(),
  undefined,
).transform((labels) => labels ?? []);

const reviewResultWire = z.object({
  reviewAnswer: z.enum(['GREEN', 'RED', 'RETRY', 'unknown']).optional().catch('unknown'),
  reviewRejectType: z.enum(['RETRY', 'FINAL', 'unknown']).optional().catch('unknown'),
  rejectLabels: labelsWire,
  moderationComment: z.string().optional().catch(undefined),
});

const reviewStatusWire = z.enum([
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
export const statusWire = z.object({
  levelName: z.string().optional().catch(undefined),
  reviewStatus: z.string().pipe(reviewStatusWire.catch('unknown')),
  reviewResult: reviewResultWire.nullish(),
});
export type StatusWire = z.output<typeof statusWire>;

/** Of `POST /resources/applicants` and `GET /resources/applicants/{id}/one`. */
export const applicantWire = z.object({ id: z.string().min(1), externalUserId: z.string().min(1) });
export type ApplicantWire = z.output<typeof applicantWire>;

/** Of `GET /resources/applicants/-/byExternalUserId/{externalUserId}`. */
export const existenceWire = z.union([
  z.object({ exists: z.literal(false) }),
  z.object({ exists: z.literal(true), applicant: applicantWire }),
]);

/** Of `POST /resources/accessTokens/sdk`. The token is an arbitrary string and is not looked into. */
export const accessTokenWire = z.object({ token: z.string().min(1), userId: z.string() });

const stepWire = z.object({
  reviewResult: absorbed('reviewResult', reviewResultWire.nullish(), undefined),
  imageReviewResults: absorbed(
    'imageReviewResults',
    z.record(z.string(), absorbed('imageReviewResults', reviewResultWire.nullable(), null)).nullish(),
    undefined,
  ).transform((results) => results ?? {}),
});

/**
 * Of `GET /resources/applicants/{id}/requiredIdDocsStatus`: by step, null where nothing was submitted, and where what
 * was cannot be read: both are pending.
 */
export const stepsWire = z.record(z.string(), absorbed('steps', stepWire.nullable(), null));
export type StepsWire = z.output<typeof stepsWire>;
export type StepWire = z.output<typeof stepWire>;

/**
 * Of any refusal. `description` and `errorName` are left out: they can hold what the applicant wrote. An id that is not
 * of the form of Sumsub's is none, since it is written into log and database as it stands.
 */
export const errorWire = z.object({
  errorCode: z.int().optional().catch(undefined),
  correlationId: z
    .string()
    .regex(/^(req-)?[0-9a-f-]{32,36}$/)
    .optional()
    .catch(undefined),
});

/** e.g. `2026-02-23 14:30:00.123`: UTC, without saying so. */
const timeWire = z
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
export const webhookEnvelopeWire = z.object({
  type: z.string().min(1).max(200),
  applicantId: webhookApplicantId,
  sandboxMode: z.unknown().optional(),
  testMode: z.unknown().optional(),
});

/** What of a webhook is acted upon. */
export const webhookWire = z.object({
  applicantId: webhookApplicantId,
  externalUserId: z.string().min(1).optional().catch(undefined),
  createdAtMs: timeWire,
});
