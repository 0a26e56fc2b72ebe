import type { Account } from '#http/contract/accounts.ts';
import type { KycState } from '#http/contract/kyc.ts';
import type { Me } from '#http/contract/session.ts';

export type VerifyStep = 'verify' | 'verifyWaiting' | 'verifyRetry' | 'verifyRejected';
export type BankStep = 'bank' | 'renew';

/** What is left of the verification; undefined once it is approved. */
export function verifyStep({ kycStatus }: Pick<Me, 'kycStatus'>, kyc?: KycState): VerifyStep | undefined {
  if (kycStatus === 'approved') return undefined;
  const status = kyc?.kycStatus ?? kycStatus;
  if (status === 'none') return 'verify';
  if (kyc?.canRetry) return 'verifyRetry';
  return status === 'rejected' ? 'verifyRejected' : 'verifyWaiting';
}

/** What is left of the first bank; undefined while one can be paid from. */
export function bankStep(accounts: readonly Pick<Account, 'consentStatus'>[]): BankStep | undefined {
  if (accounts.some(({ consentStatus }) => consentStatus === 'active')) return undefined;
  return accounts.some(({ consentStatus }) => consentStatus === 'expired') ? 'renew' : 'bank';
}
