import { consentStatusAt } from '#domain/banking/consent.ts';
import { DropError } from '#domain/errors.ts';
import { endConnection, lockConnection, type BankConnection } from '#store/bank-connections.ts';
import { announceChange } from '#store/changes.ts';
import { oweEnd, type ConsentToEnd } from '#store/consents-to-end.ts';
import type { OpenTransaction } from '#store/database.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { endOwed } from './end-at-provider.ts';
import { noteConsent } from './note-consent.ts';

/** The job leaves a consent to the request that ends it for as long as that can take. */
const leftToTheRequestMs = 60_000;

/**
 * Ends a consent for its customer: in Drop at once, and then at the provider, where a job goes on if the provider does
 * not answer. One that is still pending is cancelled, so that no return completes it; one that has ended stays so.
 *
 * @throws {DropError} `not_found`.
 */
export async function revokeConnection(context: UseCaseContext, user: User, id: string): Promise<void> {
  const at = context.clock.now();
  const ended = await context.store.database.transaction().execute(async (transaction) => {
    const found = await lockConnection(transaction, { id, userId: user.id });
    if (!found) throw new DropError('not_found', { message: 'no such connection' });
    await announceChange(transaction, { userId: user.id, kind: 'connection', id });
    const owed = await endInDrop(transaction, found, {
      at,
      dueAt: new Date(at.getTime() + leftToTheRequestMs),
    });
    return { owed, was: found.status };
  });
  if (ended.was === 'pending') noteConsent(context, { id, userId: user.id }, 'cancelled');
  if (ended.was === 'active') noteConsent(context, { id, userId: user.id }, 'revoked');
  if (ended.owed) await endOwed(context, ended.owed);
}

/**
 * Ends a consent in Drop, and resolves with what is to be ended at the provider, if anything is; a job does that from
 * `dueAt` on.
 */
export async function endInDrop(
  transaction: OpenTransaction,
  connection: BankConnection,
  { at, dueAt }: { at: Date; dueAt: Date },
): Promise<ConsentToEnd | undefined> {
  const { id, userId, provider, bankId, consentReference: reference } = connection;
  const { status, validUntil } = connection;
  if (status !== 'pending' && status !== 'active') return undefined;
  if (reference !== undefined) await oweEnd(transaction, id, { at, dueAt });
  await endConnection(transaction, id, { at, ...endOf(consentStatusAt(status, validUntil, at)) });
  return reference === undefined ? undefined : { id, userId, provider, bankId, reference };
}

function endOf(status: BankConnection['status']) {
  if (status === 'pending') return { status: 'cancelled' } as const;
  if (status === 'expired') return { status, cause: 'expired' } as const;
  return { status: 'revoked', cause: 'withdrawn_in_drop' } as const;
}
