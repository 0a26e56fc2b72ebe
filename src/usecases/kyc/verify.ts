import { DropError, isDropError } from '#domain/errors.ts';
import type { KycVerdict } from '#domain/kyc/verdict.ts';
import { staleAfter } from '#domain/kyc/due.ts';
import { isFinalRefusal, nothingKnown } from '#domain/kyc/standing.ts';
import { onBehalfOf } from '#outbound/inherited-customer.ts';
import { logAccess } from '#store/kyc/access-log.ts';
import { findApplicant, keepApplicant, type KeptApplicant } from '#store/kyc/applicants.ts';
import { expectNews } from '#store/kyc/due.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { reconcileReview } from './reconcile.ts';

/**
 * Begins or goes on with a customer's verification: a token for Sumsub's WebSDK. At Sumsub the customer is known by
 * Drop's opaque id. Who was deleted there begins anew, as another applicant.
 *
 * @throws {DropError} `kyc_conflict` when there is nothing to verify, `kyc_unavailable`.
 */
export async function initiateVerification(context: UseCaseContext, user: User): Promise<{ token: string }> {
  if (user.kycStatus === 'approved') throw nothingToVerify('the customer is verified');
  const kept = await findApplicant(context.store.database, user.id);
  if (kept) assertMayGoOn(kept);
  const isKnown = kept && kept.presence.presence !== 'deleted';
  const token = (isKnown && (await tokenOfKnown(context, kept))) || (await tokenOfNew(context, user));
  const access = { actor: 'person', actorName: '', what: 'token', why: 'began or went on' } as const;
  await logAccess(context.store.database, { ...access, userId: user.id, at: context.clock.now() });
  return { token };
}

function nothingToVerify(message: string): DropError {
  return new DropError('kyc_conflict', { message, outcome: 'not_sent' });
}

function assertMayGoOn({ presence: { presence }, verdict }: KeptApplicant): void {
  if (presence === 'deactivated') throw nothingToVerify('the applicant was deactivated');
  if (presence === 'deleted' && isFinalRefusal(verdict))
    throw nothingToVerify('the applicant was refused for good before they were deleted');
}

/** Undefined when Sumsub turns out to have the applicant no longer. */
async function tokenOfKnown(context: UseCaseContext, kept: KeptApplicant): Promise<string | undefined> {
  const { applicantId, userId } = kept;
  try {
    const token = await tokenOf(context, { applicantId, userId });
    const at = context.clock.now();
    const soon = new Date(at.getTime() + staleAfter.customerAwaited.minMs);
    await expectNews(context.store.database, applicantId, { at, dueAt: soon });
    return token;
  } catch (error) {
    if (!isDropError(error, 'kyc_conflict')) throw error;
    await reconcileReview(context, { applicantId }, 'initiate');
    const now = await findApplicant(context.store.database, userId);
    if (now) assertMayGoOn(now);
    if (now && now.verdict.status !== 'none') throw error;
    return undefined;
  }
}

async function tokenOfNew(context: UseCaseContext, user: User): Promise<string> {
  const { services, store, tracing, clock } = context;
  const created = onBehalfOf(user.id, () => services.sumsub.createApplicant({ externalUserId: user.id }));
  const { applicantId } = await created;
  const at = clock.now();
  await keepApplicant(store.database, {
    userId: user.id,
    applicantId,
    levelName: context.kycLevelName,
    traceparent: tracing.current(),
    at,
    dueAt: new Date(at.getTime() + staleAfter.answerAwaited.minMs),
  });
  const kept = await findApplicant(store.database, user.id);
  if (kept?.applicantId !== applicantId) throw nothingToVerify('the applicant is kept for another customer');
  // Deleted, and Sumsub hands out the same one again: an old approval could come back with it.
  if (kept.presence.presence === 'deleted')
    throw nothingToVerify('the applicant was deleted, and is the one that Sumsub still finds');
  const reading = readAtTheBeginning(context, applicantId);
  try {
    return await tokenOf(context, { applicantId, userId: user.id });
  } finally {
    await reading;
  }
}

/** A webhook that came before the applicant was stored matched none. If this read fails, another follows when due. */
async function readAtTheBeginning(context: UseCaseContext, applicantId: string): Promise<void> {
  try {
    await reconcileReview(context, { applicantId }, 'initiate');
  } catch (error) {
    context.log('warn', 'a review could not be read at the beginning', { applicantId, error });
  }
}

/** With another customer's token one would see what they handed in. */
async function tokenOf(
  { services }: UseCaseContext,
  { applicantId, userId }: { applicantId: string; userId: string },
): Promise<string> {
  const answered = onBehalfOf(userId, () => services.sumsub.getAccessToken(applicantId));
  const { token, externalUserId } = await answered;
  if (externalUserId === userId) return token;
  const message = 'Sumsub has the applicant under another user';
  throw new DropError('kyc_conflict', { message, outcome: 'unknown', provider: 'sumsub' });
}

/** Where a customer's verification stands, as last heard; told to the customer, which is written down. */
export async function verificationState(context: UseCaseContext, user: User): Promise<KycVerdict> {
  const kept = await findApplicant(context.store.database, user.id);
  if (!kept) return nothingKnown;
  const access = { actor: 'person', actorName: '', what: 'verdict', why: 'looked at it' } as const;
  await logAccess(context.store.database, { ...access, userId: user.id, at: context.clock.now() });
  return kept.verdict;
}
