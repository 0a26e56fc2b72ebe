/** What a customer's verification amounts to for Drop; only `approved` may transact. */
export const kycStatuses = ['none', 'pending', 'queued', 'approved', 'rejected'] as const;
export type KycStatus = (typeof kycStatuses)[number];

/** A verdict on a customer: the status, whether the customer may try again, and why, in the provider's labels. */
export interface KycVerdict {
  status: KycStatus;
  canRetry: boolean;
  /** Reject labels as the provider names them; which of them a customer may see is decided where they are shown. */
  labels: string[];
  /** The provider's words meant for the customer, or undefined. */
  customerComment: string | undefined;
}

/** A review as the verification provider reports it; whatever it reports that Drop does not know is `unknown`. */
export interface KycReview {
  reviewStatus:
    | 'init'
    | 'pending'
    | 'prechecked'
    | 'queued'
    | 'completed'
    | 'onHold'
    | 'awaitingUser'
    | 'awaitingService'
    | 'unknown';
  reviewAnswer: 'GREEN' | 'RED' | 'RETRY' | 'unknown' | undefined;
  reviewRejectType: 'RETRY' | 'FINAL' | 'unknown' | undefined;
  rejectLabels: string[];
  moderationComment: string | undefined;
  /** The level (the set of checks) that the review was made at. */
  levelName: string | undefined;
}

/** One check of a verification: document, liveness, face match, sanctions, PEP, or the provider's own name for it. */
export interface KycCheck {
  name: string;
  outcome: 'passed' | 'failed' | 'pending';
  rejectLabels: string[];
}

/**
 * What a review amounts to. An answer counts only when the review is completed, since providers leave old answers
 * standing in reviews that were begun again. `canRetry` is true wherever the next step is the customer's.
 *
 * An approval holds for the level it was given at: at any other than `requiredLevel`, or at none that is known, it is
 * `pending` and the customer may go on.
 */
export function decideKyc(review: KycReview, requiredLevel: string): KycVerdict {
  switch (review.reviewStatus) {
    case 'completed':
      return decideCompleted(review, requiredLevel);
    case 'init':
    case 'awaitingUser':
      return withoutReasons('pending', true);
    case 'prechecked':
    case 'queued':
    case 'onHold':
    case 'awaitingService':
      return withoutReasons('queued', false);
    case 'pending':
    case 'unknown':
      return withoutReasons('pending', false);
  }
}

function decideCompleted(review: KycReview, requiredLevel: string): KycVerdict {
  switch (review.reviewAnswer) {
    case 'GREEN': {
      const holds = review.levelName === requiredLevel;
      return holds ? withoutReasons('approved', false) : withoutReasons('pending', true);
    }
    case 'RETRY':
      return withReasons('pending', true, review);
    case 'RED':
      return decideRed(review);
    case 'unknown':
    case undefined:
      return withoutReasons('pending', false);
  }
}

function decideRed(review: KycReview): KycVerdict {
  switch (review.reviewRejectType) {
    case 'RETRY':
      return withReasons('pending', true, review);
    case 'FINAL':
      return withReasons('rejected', false, review);
    case 'unknown':
    case undefined:
      // Not transacting is certain, and nothing says that it is final: the way to try again stays open.
      return withReasons('rejected', true, review);
  }
}

/** A verdict without reasons: nothing was held against the customer, or what was is of an earlier attempt. */
function withoutReasons(status: KycStatus, canRetry: boolean): KycVerdict {
  return { status, canRetry, labels: [], customerComment: undefined };
}

function withReasons(status: KycStatus, canRetry: boolean, review: KycReview): KycVerdict {
  const { rejectLabels, moderationComment } = review;
  return { status, canRetry, labels: [...rejectLabels], customerComment: moderationComment };
}
