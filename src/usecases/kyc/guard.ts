import { DropError } from '#domain/errors.ts';
import { findUser, type User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';

/**
 * Only a verified customer links a bank and pays.
 *
 * @throws {DropError} `kyc_required`, `kyc_rejected`.
 */
export function assertVerified({ kycStatus }: Pick<User, 'kycStatus'>): void {
  if (kycStatus === 'approved') return;
  throw new DropError(kycStatus === 'rejected' ? 'kyc_rejected' : 'kyc_required');
}

/**
 * Reads the customer again: an approval may have been lost since the request began.
 *
 * @throws {DropError} `kyc_required`, `kyc_rejected`.
 */
export async function assertStillVerified({ store }: UseCaseContext, userId: string): Promise<void> {
  const user = await findUser(store.database, userId);
  assertVerified(user ?? { kycStatus: 'none' });
}
