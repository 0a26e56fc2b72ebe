import type { EmulatedReviewResult, EmulatedSteps } from './applicants.ts';

export const outcomeNames = [
  'approved',
  'blurred_document',
  'face_mismatch',
  'document_refused',
  'refused_for_good',
  'sanctions_match',
  'manual_review',
] as const;

/** `manual_review` stays on hold until `complete_review` decides it. */
export type OutcomeName = (typeof outcomeNames)[number];

/** A way in which a review can end: the result of the review and of each step of the level. */
export interface EmulatedOutcome {
  reviewResult: EmulatedReviewResult;
  steps: EmulatedSteps;
}

const green: EmulatedReviewResult = { reviewAnswer: 'GREEN' };

function refusedDocument(reviewResult: EmulatedReviewResult): EmulatedOutcome {
  return { reviewResult, steps: { IDENTITY: reviewResult, SELFIE: green } };
}

/** Labels and their types as in Sumsub's documentation of rejections. The comments are the sandbox's own. */
export const outcomes: Record<Exclude<OutcomeName, 'manual_review'>, EmulatedOutcome> = {
  approved: { reviewResult: green, steps: { IDENTITY: green, SELFIE: green } },
  blurred_document: refusedDocument({
    reviewAnswer: 'RED',
    reviewRejectType: 'RETRY',
    rejectLabels: ['UNSATISFACTORY_PHOTOS'],
    moderationComment: 'The photo of the document is blurred. Please upload a sharper one.',
    clientComment: 'Sandbox: the photo is blurred.',
  }),
  face_mismatch: {
    reviewResult: {
      reviewAnswer: 'RED',
      reviewRejectType: 'RETRY',
      rejectLabels: ['BAD_FACE_MATCHING'],
      moderationComment: 'The selfie does not match the document. Please take a new one.',
      clientComment: 'Sandbox: the faces differ.',
    },
    steps: {
      IDENTITY: green,
      SELFIE: { reviewAnswer: 'RED', reviewRejectType: 'RETRY', rejectLabels: ['BAD_FACE_MATCHING'] },
    },
  },
  document_refused: refusedDocument({
    reviewAnswer: 'RED',
    rejectLabels: ['BAD_PROOF_OF_IDENTITY'],
    moderationComment: 'This document cannot be accepted. Please use another one.',
    clientComment: 'Sandbox: refused without a reject type.',
  }),
  refused_for_good: refusedDocument({
    reviewAnswer: 'RED',
    reviewRejectType: 'FINAL',
    rejectLabels: ['FORGERY'],
    moderationComment: 'We could not verify your profile.',
    clientComment: 'Sandbox: the document is forged.',
  }),
  sanctions_match: {
    reviewResult: {
      reviewAnswer: 'RED',
      reviewRejectType: 'FINAL',
      rejectLabels: ['SANCTIONS'],
      moderationComment: 'We could not verify your profile.',
      clientComment: 'Sandbox: the name is on a sanctions list.',
    },
    steps: { IDENTITY: green, SELFIE: green },
  },
};
