/**
 * A customer's consent at a bank. `pending`: the customer was sent to the bank. `active`: balances may be read until
 * `validUntil`. `expired`, `revoked`, `cancelled` and `failed` are final; a new consent is a new one.
 */
export const consentStatuses = ['pending', 'active', 'expired', 'revoked', 'cancelled', 'failed'] as const;
export type ConsentStatus = (typeof consentStatuses)[number];

/** The longest that a bank's consent holds: RTS Article 10a as amended by Regulation (EU) 2022/2360. */
export const consentMsMax = 180 * 86_400_000;

export const consentTransitions: Record<ConsentStatus, readonly ConsentStatus[]> = {
  pending: ['active', 'expired', 'cancelled', 'failed'],
  active: ['expired', 'revoked'],
  expired: [],
  revoked: [],
  cancelled: [],
  failed: [],
};

/** The status at `now`: an active consent whose time has passed has expired, whatever is written down. */
export function consentStatusAt(
  status: ConsentStatus,
  validUntil: Date | undefined,
  now: Date,
): ConsentStatus {
  return status === 'active' && validUntil !== undefined && validUntil <= now ? 'expired' : status;
}
