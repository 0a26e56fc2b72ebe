import type { ConsentEndCause } from '#domain/banking/consent.ts';
import { isDropError, type ErrorCode } from '#domain/errors.ts';
import type { ConsentEnd } from '#services/open-banking/service.ts';
import { endConnection, findConnection } from '#store/bank-connections.ts';
import { announceChange } from '#store/changes.ts';
import { hasNewerConsent } from '#store/consent-ends.ts';
import type { OpenTransaction } from '#store/database.ts';
import type { UseCaseContext } from '../context.ts';
import { tellConsentEnd } from './tell-consent.ts';
import { noteConsent } from './note-consent.ts';

/**
 * A bank that ends the former consent does so when it grants the new one. Daily readings find that out within a day of
 * the provider's answering again.
 */
const replacedMsMax = 7 * 86_400_000;
/** From the beginning of a consent to the customer's return. */
const pendingMsMax = 3_600_000;

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

/**
 * Notes that a granted consent has ended, tells the customer, and returns the status that it ends in. Where the
 * provider names no cause, a consent whose time has passed has expired, and any other was revoked.
 */
export async function noteConsentEnd(
  context: UseCaseContext,
  { id, userId }: { id: string; userId: string },
  reported: ConsentEnd | undefined,
): Promise<'expired' | 'revoked'> {
  const at = context.clock.now();
  const ended = await context.store.database.transaction().execute(async (transaction) => {
    const validUntil = (await findConnection(transaction, { id, userId }))?.validUntil;
    const isOver = validUntil !== undefined && validUntil <= at;
    const status: 'expired' | 'revoked' =
      reported === 'expired' || (reported === undefined && isOver) ? 'expired' : 'revoked';
    const cause = isOver ? 'expired' : await causeOf(transaction, id, { status, at });
    const isMoved = await endConnection(transaction, id, { status, at, cause });
    if (isMoved) {
      await announceChange(transaction, { userId, kind: 'connection', id });
      await tellConsentEnd(context, transaction, { id, userId, cause });
    }
    return { status, isMoved };
  });
  if (ended.isMoved) noteConsent(context, { id, userId }, ended.status);
  return ended.status;
}

/** What ended a consent before its time. */
async function causeOf(
  transaction: OpenTransaction,
  id: string,
  { status, at }: { status: 'expired' | 'revoked'; at: Date },
): Promise<ConsentEndCause> {
  const begunAfter = new Date(at.getTime() - replacedMsMax);
  const pendingAfter = new Date(at.getTime() - pendingMsMax);
  if (await hasNewerConsent(transaction, id, { at, begunAfter, pendingAfter })) return 'replaced';
  return status === 'expired' ? 'expired' : 'withdrawn_at_bank';
}
