import { DropError } from '#domain/errors.ts';
import { isSameAddress, mailboxOf } from '#domain/email-address.ts';
import type { OpenTransaction } from '#store/database.ts';
import {
  currentAddresses,
  deleteAddress,
  insertUnverified,
  prolongLink,
  replaceLink,
  type OwnAddress,
} from '#store/own-email-addresses.ts';
import { takeVerificationMail, type VerificationMailLimit } from '#store/verification-mails.ts';
import type { UseCaseContext } from '../context.ts';
import { notify } from '../notify/notify.ts';
import { linkExpiry, newLinkToken } from './link-token.ts';

/**
 * Sends a link to an address, which becomes the customer's unverified one in the place of another. The caller holds the
 * lock of the user.
 *
 * @throws {DropError} `rate_limited` when the customer or the address has had as many as they may.
 */
export async function askForVerification(
  context: UseCaseContext,
  transaction: OpenTransaction,
  { userId, address }: { userId: string; address: string },
): Promise<void> {
  await countMail(context, transaction, { userId, address });
  const { unverified } = await currentAddresses(transaction, userId);
  const isSame = unverified !== undefined && isSameAddress(unverified.address, address);
  if (unverified && !isSame) await deleteAddress(transaction, unverified.id);
  const addressId = isSame
    ? await renew(context, transaction, unverified)
    : await add(context, transaction, { userId, address });
  await notify(context, transaction, { userId, code: 'address_verification', parameters: { addressId } });
}

async function add(
  context: UseCaseContext,
  transaction: OpenTransaction,
  address: { userId: string; address: string },
): Promise<string> {
  const id = context.entropy.uuid();
  const link = newLinkToken(context, id);
  await insertUnverified(transaction, { ...address, id, link, at: context.clock.now() });
  return id;
}

/** A link that can still be used stays the same, so that it does not matter which of several mails is opened. */
async function renew(
  context: UseCaseContext,
  transaction: OpenTransaction,
  { id, sealedToken, linkExpiresAt }: OwnAddress,
): Promise<string> {
  const at = context.clock.now();
  const isUsable = sealedToken !== undefined && linkExpiresAt !== undefined && linkExpiresAt > at;
  if (isUsable) await prolongLink(transaction, id, linkExpiry(at));
  else await replaceLink(transaction, id, newLinkToken(context, id));
  return id;
}

/** So that Drop cannot be used to fill a stranger's mailbox. docs/limits.md describes them. */
const limits = {
  customer: { periodMs: 3_600_000, mailsMax: 5 },
  address: { periodMs: 86_400_000, mailsMax: 5 },
} as const satisfies Record<string, Omit<VerificationMailLimit, 'counted'>>;

async function countMail(
  { clock }: UseCaseContext,
  transaction: OpenTransaction,
  { userId, address }: { userId: string; address: string },
): Promise<void> {
  const of = { customer: userId, address: mailboxOf(address) };
  // Always in this order, so that two requests cannot wait for each other.
  for (const kind of ['customer', 'address'] as const) {
    const limit = { ...limits[kind], counted: `${kind} ${of[kind]}` };
    const retryAfterMs = await takeVerificationMail(transaction, limit, clock.now());
    if (retryAfterMs !== undefined)
      throw new DropError('rate_limited', {
        message: `too many mails to verify an address, counted by ${kind}`,
        retryAfterMs,
      });
  }
}
