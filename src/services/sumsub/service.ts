import type { KycCheck, KycReview } from '#domain/kyc/verdict.ts';
import type { Presence } from '#domain/kyc/standing.ts';
import type { WebhookSource } from '#inbox/webhook-source.ts';

/**
 * The state of an applicant's review, in the terms that Sumsub and `decideKyc` share. The answer counts only when
 * `reviewStatus` is `completed`. Sumsub's `clientComment` is internal and is never read into this type.
 */
export interface ApplicantStatus extends KycReview {
  applicantId: string;
}

export interface VerificationResult extends ApplicantStatus {
  checks: KycCheck[];
  /** Mock only: 15 or 85. Sumsub itself reports no such number. */
  riskScore: number | undefined;
}

/** A signed hint that an applicant's review changed. Drop always reads the verdict before acting on it. */
export interface ReviewHint {
  applicantId: string;
  externalUserId: string | undefined;
  /** Set when the event reports that the applicant was deactivated, activated or deleted, which a read may not show. */
  presence: Presence | undefined;
  /** The time of the event by Sumsub's clock; undefined when the event has none. */
  at: Date | undefined;
}

/**
 * Identity verification by Sumsub. Sources: docs.sumsub.com, API reference and "User verification webhooks". Every
 * method throws `DropError` `kyc_unavailable` when Sumsub cannot be reached, `kyc_conflict` when it refuses. With
 * `httpStatus` 404 the applicant does not exist or Drop may not see it; `findApplicant` distinguishes the two.
 */
export interface Sumsub {
  /** Creates the applicant, or finds the one that exists for `externalUserId`. */
  createApplicant(request: {
    externalUserId: string;
    email?: string;
    phone?: string;
  }): Promise<{ applicantId: string }>;

  /**
   * The applicant that Sumsub has for `externalUserId`; undefined only when Sumsub explicitly answers that there is
   * none.
   */
  findApplicant(externalUserId: string): Promise<{ applicantId: string } | undefined>;

  /** An access token for the WebSDK, valid for 30 minutes, bound to the applicant's own user, and that user's id. */
  getAccessToken(applicantId: string): Promise<{ token: string; externalUserId: string }>;

  getApplicantStatus(applicantId: string): Promise<ApplicantStatus>;

  /** The status with the outcome of every check. */
  getVerificationResult(applicantId: string): Promise<VerificationResult>;

  /**
   * Deactivates the applicant of a customer who has left: Sumsub keeps the data, and acts on the applicant no more.
   * `kyc_conflict` while the review is under way; once is the same as twice.
   */
  deactivateApplicant(applicantId: string): Promise<void>;

  /** Registers the callback for changed reviews. There is one callback; the last one registered is used. */
  onWebhook(callback: (hint: ReviewHint) => Promise<void>): void;

  /** Verifies and handles this provider's webhooks for the inbox; absent when no webhooks arrive over HTTP. */
  readonly webhooks?: WebhookSource;
}
