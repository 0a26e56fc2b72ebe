import type { KycState } from '../../../src/http/contract.ts';

export type Verdict = 'none' | 'waiting' | 'onHold' | 'approved' | 'retry' | 'rejected';

/** What the customer is to be told, of what the server knows. */
export function verdictOf({ kycStatus, canRetry }: KycState): Verdict {
  switch (kycStatus) {
    case 'none':
    case 'approved':
      return kycStatus;
    case 'queued':
      return 'onHold';
    case 'pending':
      return canRetry ? 'retry' : 'waiting';
    case 'rejected':
      return canRetry ? 'retry' : 'rejected';
  }
}
