import { isDropError, type ErrorCode } from '#domain/errors.ts';
import type { AccountInformation, ConsentEnd, ConsentKey } from '#services/open-banking/service.ts';
import { endConnection, findConnection } from '#store/bank-connections.ts';
import { announceChange } from '#store/changes.ts';
import type { UseCaseContext } from '../context.ts';
import { tellConsentEnd } from './tell-consent.ts';

const ends: Partial<Record<ErrorCode, { cause: ConsentEnd | undefined }>> = {
  consent_expired: { cause: 'expired' },
  consent_revoked: { cause: 'revoked' },
  consent_ended: { cause: undefined },
};

/** The end of the consent that an error reports, with its cause if the error names one; undefined for other errors. */
export function reportedEnd(error: unknown): { cause: ConsentEnd | undefined } | undefined {
  return isDropError(error) ? ends[error.code] : undefined;
}

/** Whether the provider itself says that the consent has ended: it was asked. */
export function isEndedAtProvider(error: unknown): boolean {
  return reportedEnd(error) !== undefined && isDropError(error) && error.details.outcome !== 'not_sent';
}

/** Ends a consent at its provider. One that the provider says has ended is ended. */
export async function endAtProvider(ais: AccountInformation, consent: ConsentKey): Promise<void> {
  await ais.revokeConsent(consent).catch((error: unknown) => {
    if (!isEndedAtProvider(error)) throw error;
  });
}

/**
 * Notes that a granted consent has ended, tells the customer, and returns the status that it ends in. Where the
 * provider names no cause, a consent whose time has passed has expired, and any other was revoked.
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
    if (await endConnection(transaction, id, { status, at })) {
      await announceChange(transaction, { userId, kind: 'connection', id });
      await tellConsentEnd(context, transaction, { id, userId }, status);
    }
    return status;
  });
}
