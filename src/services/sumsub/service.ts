import type { KycReview } from '#domain/kyc.ts';
import type { WebhookSource } from '#inbound/webhook-source.ts';

/**
 * The state of an applicant's review, in the words that Sumsub and `decideKyc` share. The answer counts only when
 * `reviewStatus` is `completed`. `clientComment` is for Drop's eyes only and is never read into this type.
 */
export interface ApplicantStatus extends KycReview {
  applicantId: string;
}

/** One check of a verification: document, liveness, face match, sanctions, PEP, or a name Drop does not know yet. */
export interface VerificationCheck {
  name: string;
  outcome: 'passed' | 'failed' | 'pending';
  rejectLabels: string[];
}

export interface VerificationResult extends ApplicantStatus {
  checks: VerificationCheck[];
  /** Mock only: 15 or 85. Sumsub itself reports no such number. */
  riskScore: number | undefined;
}

/** A signed hint that an applicant's review changed; the verdict is always read back before it counts. */
export interface ReviewHint {
  applicantId: string;
  externalUserId: string | undefined;
}

/**
 * Identity verification by Sumsub. Sources: docs.sumsub.com, API reference and "User verification webhooks".
 * Every method throws `DropError` `kyc_unavailable` when Sumsub cannot be reached, `kyc_conflict` when it refuses.
 */
export interface Sumsub {
  /** Creates the applicant, or finds the one that exists for `externalUserId`. */
  createApplicant(request: {
    externalUserId: string;
    email?: string;
    phone?: string;
  }): Promise<{ applicantId: string }>;

  /** An access token for the WebSDK, good for 30 minutes, of the applicant's own user and no other. */
  getAccessToken(applicantId: string): Promise<{ token: string }>;

  getApplicantStatus(applicantId: string): Promise<ApplicantStatus>;

  /** The status with the outcome of every check. */
  getVerificationResult(applicantId: string): Promise<VerificationResult>;

  /** Registers what to do when Sumsub says that a review changed. One callback; the last one wins. */
  onWebhook(callback: (hint: ReviewHint) => Promise<void>): void;

  /** How the inbox verifies and hands over this provider's webhooks; absent where nothing is sent over HTTP. */
  readonly webhooks?: WebhookSource;
}
