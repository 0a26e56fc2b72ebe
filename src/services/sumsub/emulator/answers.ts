import type { EmulatedApplicant, EmulatedReviewResult } from './applicants.ts';

/** The answers of `/resources` about applicants. Source: Sumsub API reference, the examples of each operation. */

export function applicantAnswer(applicant: EmulatedApplicant): Record<string, unknown> {
  return {
    id: applicant.id,
    createdAt: applicant.createdAt.toISOString().slice(0, 19).replace('T', ' '),
    clientId: 'drop-sandbox',
    inspectionId: applicant.inspectionId,
    externalUserId: applicant.externalUserId,
    ...(applicant.email !== undefined && { email: applicant.email }),
    ...(applicant.phone !== undefined && { phone: applicant.phone }),
    requiredIdDocs: {
      docSets: [
        { idDocSetType: 'IDENTITY', types: ['PASSPORT', 'ID_CARD', 'DRIVERS'] },
        { idDocSetType: 'SELFIE', types: ['SELFIE'], videoRequired: 'passiveLiveness' },
      ],
    },
    review: reviewOf(applicant),
    type: 'individual',
  };
}

export function statusAnswer(applicant: EmulatedApplicant, now: Date): Record<string, unknown> {
  const elapsedMs = now.getTime() - (applicant.submittedAt ?? now).getTime();
  return {
    ...reviewOf(applicant),
    ...(applicant.submittedAt && { elapsedSincePendingMs: elapsedMs, elapsedSinceQueuedMs: elapsedMs }),
  };
}

export function stepsAnswer({ steps, images }: EmulatedApplicant): Record<string, unknown> {
  return {
    IDENTITY: stepAnswer(steps.IDENTITY, 'ID_CARD', images?.IDENTITY ?? [122352326]),
    SELFIE: stepAnswer(steps.SELFIE, 'SELFIE', images?.SELFIE ?? [122352327]),
  };
}

function reviewOf(applicant: EmulatedApplicant): Record<string, unknown> {
  return {
    reviewId: applicant.id.slice(0, 5),
    attemptId: applicant.id.slice(-5),
    attemptCnt: Math.max(0, applicant.attemptCount - 1),
    reprocessing: false,
    levelName: applicant.levelName,
    levelAutoCheckMode: null,
    createDate: wireDate(applicant.createdAt),
    ...(applicant.reviewedAt && { reviewDate: wireDate(applicant.reviewedAt) }),
    ...(applicant.reviewResult && { reviewResult: applicant.reviewResult }),
    reviewStatus: applicant.reviewStatus,
    priority: 0,
  };
}

/** Labels are in the results of the images, not in the result of the step. */
function stepAnswer(
  step: EmulatedReviewResult | 'submitted' | null,
  idDocType: string,
  imageIds: number[],
): Record<string, unknown> | null {
  if (step === null) return null;
  const document = { country: 'NOR', idDocType, imageIds };
  if (step === 'submitted') return { ...document, imageReviewResults: {} };
  const { reviewAnswer, moderationComment } = step;
  return {
    reviewResult: { ...(moderationComment !== undefined && { moderationComment }), reviewAnswer },
    ...document,
    imageReviewResults: Object.fromEntries(imageIds.map((imageId) => [imageId, step])),
  };
}

/** e.g. `2024-03-18 06:46:20+0000`. */
function wireDate(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')}+0000`;
}
