import type { ConsentEnd } from '#services/open-banking/service.ts';
import { endConnection, findConnection } from '#store/bank-connections.ts';
import { announceChange } from '#store/changes.ts';
import type { UseCaseContext } from '../context.ts';

/**
 * Notes that a granted consent has ended, and returns the status that it ends in. Where the provider names no cause, a
 * consent whose time has passed has expired, and any other was revoked.
 */
export async function noteConsentEnd(
  context: UseCaseContext,
  { id, userId }: { id: string; userId: string },
  cause: ConsentEnd | undefined,
): Promise<'expired' | 'revoked'> {
  const at = context.clock.now();
  return context.store.database.transaction().execute(async (transaction) => {
    const validUntil = (await findConnection(transaction, { id, userId }))?.validUntil;
    const isOver = validUntil !== undefined && validUntil <= at;
    const status = cause === 'expired' || (cause === undefined && isOver) ? 'expired' : 'revoked';
    if (await endConnection(transaction, id, { status, at }))
      await announceChange(transaction, { userId, kind: 'connection', id });
    return status;
  });
}
