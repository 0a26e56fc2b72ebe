import type { KycState } from '#http/contract/kyc.ts';

export type Verdict = 'none' | 'unfinished' | 'waiting' | 'takesLonger' | 'approved' | 'retry' | 'rejected';

/** What the customer is to be told, of what the server knows. */
export function verdictOf({ kycStatus, canRetry, reasons }: KycState): Verdict {
  switch (kycStatus) {
    case 'none':
    case 'approved':
      return kycStatus;
    case 'queued':
      return 'takesLonger';
    case 'pending':
      if (!canRetry) return 'waiting';
      // Without a reason nothing was held against what was sent, if anything was sent at all.
      return reasons.length > 0 ? 'retry' : 'unfinished';
    case 'rejected':
      return canRetry ? 'retry' : 'rejected';
  }
}
