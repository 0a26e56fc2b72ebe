import { logCustomerAccess } from '#store/customer-access-log.ts';
import { closeIn } from '../../privacy/close-account.ts';
import type { OperatorContext } from '../context.ts';
import type { Author } from '../payments/show.ts';

/**
 * Closes the account of a customer, as the customer can, and keeps for five years who did it and why, in the same
 * transaction. The processes of Drop then erase what the law does not have kept.
 *
 * @throws {DropError} `not_found`; `account_has_open_payments`.
 */
export async function eraseCustomer(
  context: OperatorContext,
  userId: string,
  { actorName, reason: why }: Author,
): Promise<void> {
  const { store, clock, entropy } = context;
  await store.database.transaction().execute(async (transaction) => {
    const at = clock.now();
    await closeIn(context, transaction, { userId, by: 'operator' });
    const access = { userId, actorName, what: 'data', subject: 'erasure', why, at } as const;
    await logCustomerAccess(transaction, access, entropy.token());
  });
}
