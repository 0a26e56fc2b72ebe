import type { KycCheck, KycReview } from '#domain/kyc/verdict.ts';
import type { Presence } from '#domain/kyc/standing.ts';
import type { WebhookSource } from '#inbox/webhook-source.ts';

/**
 * The state of an applicant's review, in the words that Sumsub and `decideKyc` share. The answer counts only when
 * `reviewStatus` is `completed`. `clientComment` is for Drop's eyes only and is never read into this type.
 */
export interface ApplicantStatus extends KycReview {
  applicantId: string;
}

export interface VerificationResult extends ApplicantStatus {
  checks: KycCheck[];
  /** Mock only: 15 or 85. Sumsub itself reports no such number. */
  riskScore: number | undefined;
}

/** A signed hint that an applicant's review changed; the verdict is always read back before it counts. */
export interface ReviewHint {
  applicantId: string;
  externalUserId: string | undefined;
  /** Set where the event is that the applicant was switched off, on, or deleted: reading back need not show it. */
  presence: Presence | undefined;
  /** When it came about, by Sumsub's clock; undefined where the event does not say. */
  at: Date | undefined;
}

/**
 * Identity verification by Sumsub. Sources: docs.sumsub.com, API reference and "User verification webhooks".
 * Every method throws `DropError` `kyc_unavailable` when Sumsub cannot be reached, `kyc_conflict` when it refuses. With
 * `httpStatus` 404 the applicant is not there or Drop may not see it, which `findApplicant` tells apart.
 */
export interface Sumsub {
  /** Creates the applicant, or finds the one that exists for `externalUserId`. */
  createApplicant(request: {
    externalUserId: string;
    email?: string;
    phone?: string;
  }): Promise<{ applicantId: string }>;

  /** The applicant that Sumsub has for `externalUserId`; undefined only where it plainly says that there is none. */
  findApplicant(externalUserId: string): Promise<{ applicantId: string } | undefined>;

  /** An access token for the WebSDK, good for 30 minutes, of the applicant's own user, whom it names, and no other. */
  getAccessToken(applicantId: string): Promise<{ token: string; externalUserId: string }>;

  getApplicantStatus(applicantId: string): Promise<ApplicantStatus>;

  /** The status with the outcome of every check. */
  getVerificationResult(applicantId: string): Promise<VerificationResult>;

  /** Registers what to do when Sumsub says that a review changed. One callback; the last one wins. */
  onWebhook(callback: (hint: ReviewHint) => Promise<void>): void;

  /** How the inbox verifies and hands over this provider's webhooks; absent where nothing is sent over HTTP. */
  readonly webhooks?: WebhookSource;
}
