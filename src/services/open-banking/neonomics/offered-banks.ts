import type { WireBank } from './wire.ts';

/** Drop's banks are Norwegian. */
export const country = 'NO';

/**
 * The banks that Drop can serve. One that must be told the customer's national identity number is served only where
 * `askingOnce` says that it asks while the customer approves and at no other time: Drop reads balances and payments
 * when the customer is away, and keeps the number nowhere.
 */
export function offeredBanks(banks: readonly WireBank[], askingOnce: ReadonlySet<string>): WireBank[] {
  return banks.filter(
    ({ id, status, countryCode, personalIdentificationRequired }) =>
      (status ?? 'AVAILABLE') === 'AVAILABLE' &&
      (countryCode ?? country) === country &&
      (personalIdentificationRequired !== true || askingOnce.has(id)),
  );
}
