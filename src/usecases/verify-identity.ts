import { DropError } from '#domain/errors.ts';
import { decideKyc, type KycVerdict } from '#domain/kyc.ts';
import type { ReviewHint } from '#services/sumsub/service.ts';
import { announceChange } from '#store/changes.ts';
import {
  applicantsToCheck,
  findApplicant,
  keepApplicant,
  keepVerdict,
  lockApplicant,
  traceOfApplicant,
} from '#store/kyc-applicants.ts';
import { setKycStatus, type User } from '#store/users.ts';
import type { UseCaseContext } from './context.ts';

/**
 * Begins or goes on with a customer's verification: a token for Sumsub's WebSDK. At Sumsub the customer is known by
 * Drop's opaque id.
 *
 * @throws {DropError} `kyc_conflict` when there is nothing to verify, `kyc_unavailable`.
 */
export async function initiateVerification(context: UseCaseContext, user: User): Promise<{ token: string }> {
  if (user.kycStatus === 'approved')
    throw new DropError('kyc_conflict', { message: 'the customer is verified' });
  const { sumsub } = context.services;
  const key = { userId: user.id, levelName: context.kycLevelName };
  const kept = await findApplicant(context.store.database, key);
  if (kept) return sumsub.getAccessToken(kept.applicantId);
  const { applicantId } = await sumsub.createApplicant({ externalUserId: user.id });
  const traceparent = context.tracing.current();
  await keepApplicant(context.store.database, { ...key, applicantId, traceparent, at: context.clock.now() });
  return sumsub.getAccessToken(applicantId);
}

const nothingYet: KycVerdict = { status: 'none', canRetry: false, labels: [], customerComment: undefined };

/** Where a customer's verification stands, as last heard. */
export async function verificationState(context: UseCaseContext, user: User): Promise<KycVerdict> {
  const kept = await findApplicant(context.store.database, {
    userId: user.id,
    levelName: context.kycLevelName,
  });
  return kept?.verdict ?? nothingYet;
}

/** Acts on "a review changed": the verdict is read back over the signed API, and that is what counts. */
export async function followReview(
  context: UseCaseContext,
  hint: Pick<ReviewHint, 'applicantId'>,
): Promise<void> {
  const { tracing, store } = context;
  if (!tracing.isOn) return readReview(context, hint);
  // It goes on the trace of the request that began the verification, and points to what made Drop ask now.
  const parent = await traceOfApplicant(store.database, hint.applicantId);
  const span = { name: 'review', kind: 'internal', parent, link: tracing.current() } as const;
  await tracing.run(span, () => readReview(context, hint));
}

async function readReview(
  context: UseCaseContext,
  { applicantId }: Pick<ReviewHint, 'applicantId'>,
): Promise<void> {
  const askedAt = context.clock.now();
  const status = await context.services.sumsub.getApplicantStatus(applicantId);
  const verdict = decideKyc(status, context.kycLevelName);
  await context.store.database.transaction().execute(async (transaction) => {
    const kept = await lockApplicant(transaction, applicantId);
    if (!kept) {
      context.log('warn', 'a review of an applicant that Drop does not know', { applicantId });
      return;
    }
    await keepVerdict(transaction, applicantId, { verdict, at: askedAt });
    if (kept.levelName !== context.kycLevelName) return;
    await setKycStatus(transaction, kept.userId, verdict.status);
    // The same verdict again is news to who waits for a second attempt.
    await announceChange(transaction, { userId: kept.userId, kind: 'kyc', id: kept.userId });
  });
}

const silentMs = 60_000;
const checksMax = 50;

/** Asks about reviews whose webhook may have been lost. */
export async function followSilentReviews(context: UseCaseContext): Promise<void> {
  const before = new Date(context.clock.now().getTime() - silentMs);
  for (const applicantId of await applicantsToCheck(context.store.database, before, checksMax)) {
    await followReview(context, { applicantId }).catch((error: unknown) => {
      context.log('warn', 'a review could not be read', { applicantId, error });
    });
  }
}
