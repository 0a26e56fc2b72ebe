import { keptUntil } from '#domain/erasure.ts';
import { assert, DropError } from '#domain/errors.ts';
import { lockConnection } from '#store/bank-connections.ts';
import { announceChange } from '#store/changes.ts';
import type { OpenTransaction } from '#store/database.ts';
import { isSuppressed, suppressAddress } from '#store/email-addresses.ts';
import { currentAddresses, deleteAddress, endAddress } from '#store/own-email-addresses.ts';
import { insertClosure, type ClosedBy } from '#store/privacy/closures.ts';
import { eraseStep } from '#store/privacy/erase.ts';
import {
  countPayments,
  deleteMessages,
  forgetIdentification,
  liveConnections,
  lockToClose,
} from '#store/privacy/leaving.ts';
import type { UseCaseContext } from '../context.ts';
import { endInDrop } from '../banking/end-connection.ts';
import { notify } from '../notify/notify.ts';

/** What a closing needs: the command line has no more than that. */
export interface ClosingContext extends Pick<UseCaseContext, 'clock' | 'entropy'> {
  store: Pick<UseCaseContext['store'], 'database'>;
}

/** By then every request that was under way when the account was closed is over. */
const requestsMs = 60_000;

/**
 * Closes an account: nothing can be done with it any more, and what no other party needs is erased at once. The rest
 * follows by the job of `continueClosings`. An account that is closed stays so.
 *
 * @throws {DropError} `not_found`; `account_has_open_payments` while a payment is not over.
 */
export async function closeAccount(context: ClosingContext, userId: string, by: ClosedBy): Promise<void> {
  await context.store.database
    .transaction()
    .execute((transaction) => closeIn(context, transaction, { userId, by }));
}

/** How many payments stand in the way of closing the account, because they are not over. */
export async function openPaymentsOf({ store }: ClosingContext, userId: string): Promise<number> {
  return (await countPayments(store.database, userId)).open;
}

/** The same in the caller's transaction. */
export async function closeIn(
  context: ClosingContext,
  transaction: OpenTransaction,
  { userId, by }: { userId: string; by: ClosedBy },
): Promise<void> {
  const at = context.clock.now();
  const user = await lockToClose(transaction, userId);
  if (!user) throw new DropError('not_found', { message: `There is no customer ${userId}.` });
  if (user.closedAt) return;
  const payments = await countPayments(transaction, userId);
  if (payments.open > 0) {
    const message = `The customer has ${payments.open} payments that are not over.`;
    throw new DropError('account_has_open_payments', { message });
  }
  await endConsents(transaction, userId, at);
  await eraseStep(transaction, userId, 'request');
  await deleteMessages(transaction, userId);
  await tellByMail(context, transaction, userId);
  await forgetIdentification(transaction, userId, at);
  const dueAt = new Date(at.getTime() + requestsMs);
  await insertClosure(transaction, { userId, by, at, dueAt, keptUntil: keptUntil(at, payments.all > 0) });
  await announceChange(transaction, { userId, kind: 'session', id: userId });
}

/** A job ends them at their providers, beginning with its next run. */
export async function endConsents(transaction: OpenTransaction, userId: string, at: Date): Promise<void> {
  for (const id of await liveConnections(transaction, userId)) {
    const connection = await lockConnection(transaction, { id, userId });
    assert(connection, 'a consent that was found is there');
    await endInDrop(transaction, connection, { at, dueAt: at });
  }
}

/** The last mail, to an address to which mail arrives. No other one follows it. */
async function tellByMail(
  context: ClosingContext,
  transaction: OpenTransaction,
  userId: string,
): Promise<void> {
  const at = context.clock.now();
  const { verified, unverified } = await currentAddresses(transaction, userId);
  if (unverified) await deleteAddress(transaction, unverified.id);
  if (!verified) return;
  const arrives = !(await isSuppressed(transaction, verified.address));
  await suppressAddress(transaction, verified.address, { reason: 'the account was closed', at });
  await endAddress(transaction, verified.id, at);
  if (!arrives) return;
  const parameters = { addressId: verified.id };
  await notify(context, transaction, { userId, code: 'account_closed', parameters });
}
