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
