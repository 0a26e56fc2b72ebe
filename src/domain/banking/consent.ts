/**
 * A customer's consent at a bank. `pending`: the customer was sent to the bank. `active`: balances may be read until
 * `validUntil`. `expired`, `revoked`, `cancelled` and `failed` are final: a customer who consents again gets a new
 * consent.
 */
export const consentStatuses = ['pending', 'active', 'expired', 'revoked', 'cancelled', 'failed'] as const;
export type ConsentStatus = (typeof consentStatuses)[number];

/** The longest validity of a bank consent: RTS Article 10a as amended by Regulation (EU) 2022/2360. */
export const consentMsMax = 180 * 86_400_000;

/**
 * Why a consent has ended. `replaced`: by a newer consent of the customer's at the bank. The others: its time has
 * passed, or the customer withdrew it.
 */
export const consentEndCauses = ['expired', 'withdrawn_in_drop', 'withdrawn_at_bank', 'replaced'] as const;
export type ConsentEndCause = (typeof consentEndCauses)[number];

/** The purposes for which Drop uses the accounts of a consent. Kept with each consent that is begun. */
export const consentPurposes = ['show_balance', 'check_funds'] as const;

/** The parts of each account of a consent that Drop reads. Kept with each consent that is begun. */
export const consentReads = ['account_name', 'account_number', 'balance'] as const;

/** How many days before a consent ends its customer is reminded. */
export const consentReminderDays = [14, 7, 1] as const;

/** How many days before its end a consent can be renewed: from the first reminder on. */
const renewalDays = Math.max(...consentReminderDays);

export const consentTransitions: Record<ConsentStatus, readonly ConsentStatus[]> = {
  pending: ['active', 'expired', 'cancelled', 'failed'],
  active: ['expired', 'revoked'],
  expired: [],
  revoked: [],
  cancelled: [],
  failed: [],
};

/**
 * The status at `now`. An active consent past `validUntil` is expired, even if the stored status has not been updated.
 */
export function consentStatusAt(
  status: ConsentStatus,
  validUntil: Date | undefined,
  now: Date,
): ConsentStatus {
  return status === 'active' && validUntil !== undefined && validUntil <= now ? 'expired' : status;
}

/** Whether a consent that ends at `validUntil` can be renewed at `now`; one that has ended can. */
export function isRenewable(validUntil: Date | undefined, now: Date): boolean {
  return validUntil !== undefined && validUntil.getTime() - now.getTime() <= renewalDays * 86_400_000;
}
