import { consentStatusAt } from '#domain/banking/consent.ts';
import { DropError } from '#domain/errors.ts';
import { onBehalfOf } from '#outbound/inherited-customer.ts';
import { endConnection, findConnection } from '#store/bank-connections.ts';
import { announceChange } from '#store/changes.ts';
import { markEndAsked } from '#store/consent-ends.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { accountInformation } from './account-information.ts';
import { endAtProvider } from './consent-end.ts';
import { consentKeyOf } from './consent-key.ts';

/** Ends a consent, at the provider first. One that is still pending is cancelled, so that no return completes it. */
export async function revokeConnection(context: UseCaseContext, user: User, id: string): Promise<void> {
  const found = await findConnection(context.store.database, { id, userId: user.id });
  if (!found) throw new DropError('not_found', { message: 'no such connection' });
  const at = context.clock.now();
  const { consentReference: reference, bankId, provider } = found;
  const isOver = consentStatusAt(found.status, found.validUntil, at) !== 'active';
  const isLive = context.services.openBanking.all().some((live) => live.id === provider);
  // A consent that is over at a provider that Drop no longer has leaves nothing to end there.
  if (reference !== undefined && (isLive || !isOver)) {
    const ais = accountInformation(context.services.openBanking.pinned(provider));
    const consent = consentKeyOf(context, { connectionId: id, reference, bankId });
    // A reading in between must not tell the customer that the consent was withdrawn at the bank.
    await markEndAsked(context.store.database, id, at);
    await onBehalfOf(user.id, () => endAtProvider(ais, consent));
  }
  const isPending = found.status === 'pending';
  const isEnded = await context.store.database.transaction().execute(async (transaction) => {
    await announceChange(transaction, { userId: user.id, kind: 'connection', id });
    return endConnection(transaction, id, { status: isPending ? 'cancelled' : 'revoked', at });
  });
  // Completed meanwhile, so there is a consent at the provider now.
  if (isPending && !isEnded) await revokeConnection(context, user, id);
}
