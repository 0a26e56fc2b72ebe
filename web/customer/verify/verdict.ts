import type { KycState } from '#http/contract/kyc.ts';

export type Verdict = 'none' | 'unfinished' | 'waiting' | 'takesLonger' | 'approved' | 'retry' | 'rejected';

/** The state of the verification to show to the customer. */
export function verdictOf({ kycStatus, canRetry, reasons }: KycState): Verdict {
  switch (kycStatus) {
    case 'none':
    case 'approved':
      return kycStatus;
    case 'queued':
      return 'takesLonger';
    case 'pending':
      if (!canRetry) return 'waiting';
      // Without a reason Sumsub has refused nothing: the customer has not finished sending.
      return reasons.length > 0 ? 'retry' : 'unfinished';
    case 'rejected':
      return canRetry ? 'retry' : 'rejected';
  }
}
