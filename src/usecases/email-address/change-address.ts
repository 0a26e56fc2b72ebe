import { emailLengthMax, isSameAddress, readEmailAddress } from '#domain/email-address.ts';
import { DropError } from '#domain/errors.ts';
import type { OpenTransaction } from '#store/database.ts';
import { declineEmail } from '#store/mail-settings.ts';
import { currentAddresses, deleteAddress, endAddress } from '#store/own-email-addresses.ts';
import { lockUser } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { notify } from '../notify/notify.ts';
import { askForVerification } from './ask-for-verification.ts';

/**
 * Sends a link to the address that the customer typed. Mails go there once the customer has followed it; until then
 * they go to the verified address, if there is one. To enter the verified address takes a change back.
 *
 * @throws {DropError} `email_address_invalid`, `rate_limited`.
 */
export async function setEmailAddress(context: UseCaseContext, userId: string, typed: string): Promise<void> {
  const read = readEmailAddress(typed);
  if (!read.ok) {
    const fault = { field: 'address', message: read.fault, lengthMax: emailLengthMax };
    throw new DropError('email_address_invalid', { fields: [fault] });
  }
  const { address } = read;
  await locked(context, userId, async (transaction) => {
    const { verified, unverified } = await currentAddresses(transaction, userId);
    const isInForce = verified && !verified.isSuppressed && isSameAddress(verified.address, address);
    if (!isInForce) return askForVerification(context, transaction, { userId, address });
    if (unverified) await deleteAddress(transaction, unverified.id);
  });
}

/**
 * Sends the link again: to the address that is not verified yet, or to the verified one when mail to it came back.
 * Otherwise there is nothing to verify, and nothing happens.
 *
 * @throws {DropError} `rate_limited`.
 */
export async function resendLink(context: UseCaseContext, userId: string): Promise<void> {
  await locked(context, userId, async (transaction) => {
    const { verified, unverified } = await currentAddresses(transaction, userId);
    const { address } = unverified ?? (verified?.isSuppressed ? verified : {});
    if (address !== undefined) await askForVerification(context, transaction, { userId, address });
  });
}

/** Forgets the customer's addresses. The verified one gets a notice first. The customer is not asked for one again. */
export async function removeEmailAddress(context: UseCaseContext, userId: string): Promise<void> {
  const at = context.clock.now();
  await locked(context, userId, async (transaction) => {
    const { verified, unverified } = await currentAddresses(transaction, userId);
    if (unverified) await deleteAddress(transaction, unverified.id);
    await declineEmail(transaction, userId, at);
    if (!verified) return;
    await endAddress(transaction, verified.id, at);
    const parameters = { addressId: verified.id };
    await notify(context, transaction, { userId, code: 'address_removed', parameters });
  });
}

async function locked(
  { store }: UseCaseContext,
  userId: string,
  work: (transaction: OpenTransaction) => Promise<void>,
): Promise<void> {
  await store.database.transaction().execute(async (transaction) => {
    await lockUser(transaction, userId);
    await work(transaction);
  });
}
