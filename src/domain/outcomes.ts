/**
 * The outcomes that the server puts into addresses of the app, as the parameter `outcome`. The app has words for each
 * of them.
 */

/** Of `/banks`, and of `/consents` for a renewal: why the customer comes back from a bank without a consent. */
export const bankOutcomes = [
  'consent_cancelled',
  'consent_failed',
  'bank_unavailable',
  'bank_rate_limited',
] as const;
export type BankOutcome = (typeof bankOutcomes)[number];

/** Of `/sign-in`: why the customer is there. */
export const signInOutcomes = ['cancelled', 'signed_out'] as const;
export type SignInOutcome = (typeof signInOutcomes)[number];

export function bankOutcomePath(outcome: BankOutcome, { isRenewal = false } = {}): string {
  return `/${isRenewal ? 'consents' : 'banks'}?outcome=${outcome}`;
}

export function signInOutcomePath(outcome: SignInOutcome): string {
  return `/sign-in?outcome=${outcome}`;
}
