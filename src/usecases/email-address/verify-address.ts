import { isSameAddress } from '#domain/email-address.ts';
import { DropError } from '#domain/errors.ts';
import type { OpenTransaction } from '#store/database.ts';
import { liftSuppression } from '#store/email-addresses.ts';
import {
  addressOfToken,
  currentAddresses,
  deleteAddress,
  endAddress,
  markVerified,
  type OwnAddress,
} from '#store/own-email-addresses.ts';
import { lockUser } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { notify } from '../notify/notify.ts';

/**
 * Verifies the address to which the link with `token` was sent, once. It takes the place of the verified one, which is
 * told so. The link of another customer is unknown.
 *
 * @throws {DropError} `email_link_unknown`, `email_link_used`, `email_link_expired`.
 */
export async function verifyEmailAddress(
  context: UseCaseContext,
  userId: string,
  token: string,
): Promise<void> {
  const at = context.clock.now();
  await context.store.database.transaction().execute(async (transaction) => {
    await lockUser(transaction, userId);
    const address = usable(await addressOfToken(transaction, userId, token), at);
    await endVerified(context, transaction, { userId, by: address });
    await markVerified(transaction, address.id, at);
    // To follow the link proves that mail arrives there.
    await liftSuppression(transaction, address.address);
    const parameters = { addressId: address.id };
    await notify(context, transaction, { userId, code: 'address_verified', parameters });
  });
}

function usable(address: OwnAddress | undefined, at: Date): OwnAddress {
  if (!address) throw new DropError('email_link_unknown');
  if (address.status !== 'unverified') throw new DropError('email_link_used');
  if (address.linkExpiresAt === undefined || address.linkExpiresAt <= at)
    throw new DropError('email_link_expired');
  return address;
}

async function endVerified(
  context: UseCaseContext,
  transaction: OpenTransaction,
  { userId, by }: { userId: string; by: OwnAddress },
): Promise<void> {
  const { verified } = await currentAddresses(transaction, userId);
  if (!verified) return;
  // The address was verified anew, because mail to it had come back.
  if (isSameAddress(verified.address, by.address)) return deleteAddress(transaction, verified.id);
  await endAddress(transaction, verified.id, context.clock.now());
  const parameters = { addressId: verified.id };
  await notify(context, transaction, { userId, code: 'address_replaced', parameters });
}
