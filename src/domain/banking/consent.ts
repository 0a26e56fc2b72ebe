/**
 * A customer's consent at a bank. `pending`: the customer was sent to the bank. `active`: balances may be read until
 * `validUntil`. `expired`, `revoked`, `cancelled` and `failed` are final: a customer who consents again gets a new
 * consent.
 */
export const consentStatuses = ['pending', 'active', 'expired', 'revoked', 'cancelled', 'failed'] as const;
export type ConsentStatus = (typeof consentStatuses)[number];

/** The longest validity of a bank consent: RTS Article 10a as amended by Regulation (EU) 2022/2360. */
export const consentMsMax = 180 * 86_400_000;

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
