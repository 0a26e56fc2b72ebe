import { DropError, isDropError } from '#domain/errors.ts';
import type { KycVerdict } from '#domain/kyc.ts';
import { isFinalRefusal } from '#domain/kyc-standing.ts';
import { logAccess } from '#store/kyc-access-log.ts';
import { findApplicant, keepApplicant, type KeptApplicant } from '#store/kyc-applicants.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from './context.ts';
import { followReview } from './verify-identity-follow.ts';

/**
 * Begins or goes on with a customer's verification: a token for Sumsub's WebSDK. At Sumsub the customer is known by
 * Drop's opaque id. Who was deleted there begins anew, as another applicant.
 *
 * @throws {DropError} `kyc_conflict` when there is nothing to verify, `kyc_unavailable`.
 */
export async function initiateVerification(context: UseCaseContext, user: User): Promise<{ token: string }> {
  if (user.kycStatus === 'approved') throw nothingToVerify('the customer is verified');
  const kept = await findApplicant(context.store.database, keyOf(context, user));
  if (kept) assertMayGoOn(kept);
  const isKnown = kept && kept.presence.presence !== 'deleted';
  const token = (isKnown && (await tokenOfKnown(context, kept))) || (await tokenOfNew(context, user));
  const access = { actor: 'person', actorName: '', what: 'token', why: 'began or went on' } as const;
  await logAccess(context.store.database, { ...access, userId: user.id, at: context.clock.now() });
  return token;
}

function keyOf(context: UseCaseContext, user: User): { userId: string; levelName: string } {
  return { userId: user.id, levelName: context.kycLevelName };
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
async function tokenOfKnown(
  context: UseCaseContext,
  kept: KeptApplicant,
): Promise<{ token: string } | undefined> {
  try {
    return await context.services.sumsub.getAccessToken(kept.applicantId);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    await followReview(context, { applicantId: kept.applicantId }, 'initiate');
    const { userId, levelName } = kept;
    const now = await findApplicant(context.store.database, { userId, levelName });
    if (now) assertMayGoOn(now);
    if (now?.presence.presence !== 'deleted') throw error;
    return undefined;
  }
}

function isNotFound(error: unknown): boolean {
  return isDropError(error, 'kyc_conflict') && error.details.httpStatus === 404;
}

async function tokenOfNew(context: UseCaseContext, user: User): Promise<{ token: string }> {
  const { services, store, tracing, clock } = context;
  const { applicantId } = await services.sumsub.createApplicant({ externalUserId: user.id });
  const traceparent = tracing.current();
  const key = keyOf(context, user);
  await keepApplicant(store.database, { ...key, applicantId, traceparent, at: clock.now() });
  const kept = await findApplicant(store.database, key);
  // Deleted, and Sumsub hands out the same one again: an old approval could come back with it.
  if (kept?.presence.presence === 'deleted')
    throw nothingToVerify('the applicant was deleted, and is the one that Sumsub still finds');
  return services.sumsub.getAccessToken(kept?.applicantId ?? applicantId);
}

const nothingYet: KycVerdict = { status: 'none', canRetry: false, labels: [], customerComment: undefined };

/** Where a customer's verification stands, as last heard; told to the customer, which is written down. */
export async function verificationState(context: UseCaseContext, user: User): Promise<KycVerdict> {
  const kept = await findApplicant(context.store.database, keyOf(context, user));
  if (!kept) return nothingYet;
  const access = { actor: 'person', actorName: '', what: 'verdict', why: 'looked at it' } as const;
  await logAccess(context.store.database, { ...access, userId: user.id, at: context.clock.now() });
  return kept.verdict;
}
