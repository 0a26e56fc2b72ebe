/** The status of a customer's verification. Only a customer with status `approved` may transact. */
export const kycStatuses = ['none', 'pending', 'queued', 'approved', 'rejected'] as const;
export type KycStatus = (typeof kycStatuses)[number];

/** A verdict on a customer: the status, whether the customer may try again, and why, in the provider's labels. */
export interface KycVerdict {
  status: KycStatus;
  canRetry: boolean;
  /** The provider's reject labels. The code that shows them decides which ones a customer may see. */
  labels: string[];
  /** The provider's comment for the customer, if any. */
  customerComment: string | undefined;
}

/** A review as the verification provider reports it; values that Drop does not know become `unknown`. */
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
 * Decides the verdict of a review. An answer counts only when the review is completed, because providers keep old
 * answers in reviews that were reopened. `canRetry` is true when the next step is the customer's.
 *
 * An approval is valid only for the level at which it was given. If that level is not `requiredLevel`, or is not known,
 * the verdict is `pending` and the customer may continue.
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
      // An answer that also refuses cannot be true, and approves nobody.
      if (isRefusal(review)) return withoutReasons('pending', false);
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

function isRefusal({ reviewRejectType, rejectLabels }: KycReview): boolean {
  return reviewRejectType !== undefined || rejectLabels.length > 0;
}

function decideRed(review: KycReview): KycVerdict {
  switch (review.reviewRejectType) {
    case 'RETRY':
      return withReasons('pending', true, review);
    case 'FINAL':
      return withReasons('rejected', false, review);
    case 'unknown':
    case undefined:
      // The customer must not transact, but nothing says that the refusal is final, so a new attempt is allowed.
      return withReasons('rejected', true, review);
  }
}

/** A verdict without reasons: there are none, or they belong to an earlier attempt. */
function withoutReasons(status: KycStatus, canRetry: boolean): KycVerdict {
  return { status, canRetry, labels: [], customerComment: undefined };
}

function withReasons(status: KycStatus, canRetry: boolean, review: KycReview): KycVerdict {
  const { rejectLabels, moderationComment } = review;
  return { status, canRetry, labels: [...rejectLabels], customerComment: moderationComment };
}
