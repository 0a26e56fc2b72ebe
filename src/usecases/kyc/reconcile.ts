import { DropError, isDropError } from '#domain/errors.ts';
import { decideKyc, type KycCheck, type KycReview, type KycVerdict } from '#domain/kyc/verdict.ts';
import {
  isSameVerdict,
  presenceAfter,
  withPastTime,
  withPresence,
  type PresenceKnown,
} from '#domain/kyc/standing.ts';
import { onBehalfOf } from '#outbound/inherited-customer.ts';
import type { ReviewHint } from '#services/sumsub/service.ts';
import { findApplicantById, traceOfApplicant, type KeptApplicant } from '#store/kyc/applicants.ts';
import { logAccess } from '#store/kyc/access-log.ts';
import type { VerdictEvidence } from '#store/tables/verification.ts';
import type { UseCaseContext } from '../context.ts';
import { meetCondition } from '../alerts/conditions.ts';
import { keepReading } from './keep.ts';

export type ReconciledHint = Pick<ReviewHint, 'applicantId'> & Partial<ReviewHint>;

/**
 * Acts on "a review changed": the verdict is read back over the signed API, and that is what counts.
 *
 * @throws {DropError} `kyc_unavailable`, upon which the hint is to be followed again. An applicant that Sumsub no
 * longer has is no error.
 */
export async function reconcileReview(
  context: UseCaseContext,
  hint: ReconciledHint,
  evidence: VerdictEvidence = 'webhook',
): Promise<void> {
  const { tracing, store } = context;
  if (!tracing.isOn) return readReview(context, hint, evidence);
  // It goes on the trace of the request that began the verification, and points to what made Drop ask now.
  const parent = await traceOfApplicant(store.database, hint.applicantId);
  const span = { name: 'review', kind: 'internal', parent, link: tracing.current() } as const;
  await tracing.run(span, () => readReview(context, hint, evidence));
}

/** Two readings of one applicant that cross are few, and one of them is kept each time. */
const readingsMax = 5;

async function readReview(
  context: UseCaseContext,
  hint: ReconciledHint,
  evidence: VerdictEvidence,
): Promise<void> {
  for (let reading = 1; reading <= readingsMax; reading += 1) {
    const kept = await findApplicantById(context.store.database, hint.applicantId);
    if (!kept) {
      context.log('warn', 'a review of an applicant that Drop does not know', {
        applicantId: hint.applicantId,
      });
      return;
    }
    const read = await onBehalfOf(kept.userId, () => readApplicant(context, kept, hint));
    if (await keepReading(context, { kept, evidence, ...read })) return;
  }
  const message = 'the review was read by others each time before it could be kept';
  throw new DropError('kyc_unavailable', { message, outcome: 'unknown' });
}

export interface Reading {
  askedAt: Date;
  verdict: KycVerdict;
  presence: PresenceKnown;
  /** Undefined where Sumsub has no such applicant, or does not show it. */
  review: KycReview | undefined;
  isAbsent: boolean;
  checks: KycCheck[] | undefined;
}

async function readApplicant(
  context: UseCaseContext,
  kept: KeptApplicant,
  hint: ReconciledHint,
): Promise<Reading> {
  const askedAt = context.clock.now();
  const { userId } = kept;
  const access = { actor: 'job', actorName: 'verification', what: 'review', why: 'read back' } as const;
  await logAccess(context.store.database, { ...access, userId, at: askedAt });
  const found = await askForReview(context, kept, hint);
  const heard = hint.presence && withPastTime({ presence: hint.presence, at: hint.at }, askedAt);
  const presence = presenceAfter(withPastTime(kept.presence, askedAt), heard);
  const isAbsent = found === 'absent';
  const review = typeof found === 'string' ? undefined : found;
  const decided = review ? decideKyc(review, context.kycLevelName) : kept.verdict;
  // Nobody is there, as after a deletion; but only an event is for good, since a read may err.
  const verdict = withPresence(decided, isAbsent ? 'deleted' : presence.presence, kept.verdict);
  const isNews = review?.reviewStatus === 'completed' && !isSameVerdict(verdict, kept.verdict);
  const checks = isNews ? await checksOf(context, kept.applicantId) : undefined;
  return { askedAt, verdict, presence, review, isAbsent, checks };
}

/**
 * The review; `absent` when Sumsub has no such applicant of this user, `hidden` when it has and does not show it to
 * Drop: what was heard of the applicant's presence counts all the same.
 */
async function askForReview(
  context: UseCaseContext,
  { applicantId, userId }: KeptApplicant,
  { externalUserId = userId }: ReconciledHint,
): Promise<KycReview | 'absent' | 'hidden'> {
  const { sumsub } = context.services;
  if (externalUserId !== userId) {
    context.log('error', 'Sumsub tells of an applicant under another user', { userId, applicantId });
    if (!(await mayBeTheirs(context, { applicantId, userId }))) return 'absent';
  }
  try {
    return await sumsub.getApplicantStatus(applicantId);
  } catch (error) {
    if (!isDropError(error, 'kyc_conflict')) throw error;
  }
  // A permission that is missing is answered in the same way, and is no reason to take anything from anybody.
  if (!(await mayBeTheirs(context, { applicantId, userId }))) return 'absent';
  context.log('error', 'an applicant exists and is not shown to Drop', { alert: 'applicant_hidden', userId });
  await meetCondition(context, 'applicant_hidden', { subject: 'sumsub', parameters: { userId } });
  return 'hidden';
}

/** Whether Sumsub has the applicant under this user; also where it does not say so, nor the contrary. */
async function mayBeTheirs(
  { services }: UseCaseContext,
  { applicantId, userId }: { applicantId: string; userId: string },
): Promise<boolean> {
  const found = await services.sumsub.findApplicant(userId).catch((error: unknown) => {
    if (isDropError(error, 'kyc_conflict')) return { applicantId };
    throw error;
  });
  return found?.applicantId === applicantId;
}

/** What explains a verdict must not hold it up. */
async function checksOf(context: UseCaseContext, applicantId: string): Promise<KycCheck[] | undefined> {
  try {
    return (await context.services.sumsub.getVerificationResult(applicantId)).checks;
  } catch (error) {
    context.log('warn', 'the checks of a verification could not be read', { applicantId, error });
    return undefined;
  }
}
