import type { KycStatus } from '#domain/kyc/verdict.ts';
import { dueApplicants, postponeReading } from '#store/kyc/due.ts';
import { leaveOtherLevels } from '#store/kyc/level.ts';
import { announceChange } from '#store/changes.ts';
import type { VerdictEvidence } from '#store/tables/verification.ts';
import type { UseCaseContext } from '../context.ts';
import { raise } from '../alerts/raise.ts';
import { reconcileReview } from './reconcile.ts';

/** Asks about reviews whose webhook may have been lost. */
export async function reconcileStaleReviews(context: UseCaseContext, signal?: AbortSignal): Promise<void> {
  await reconcileDue(context, { statuses: ['none', 'pending', 'queued'], evidence: 'poll', signal });
}

/** Reads verdicts again that are due, whether or not anything was heard of them. */
export async function rescreenCustomers(context: UseCaseContext, signal?: AbortSignal): Promise<void> {
  await reconcileDue(context, { statuses: ['approved', 'rejected'], evidence: 'rescreen', signal });
}

const readingsMax = 200;
const triedAgainMs = 600_000;

interface Reading {
  statuses: readonly KycStatus[];
  evidence: VerdictEvidence;
  signal: AbortSignal | undefined;
}

async function reconcileDue(context: UseCaseContext, { statuses, evidence, signal }: Reading): Promise<void> {
  const { clock, store } = context;
  const due = await dueApplicants(store.database, { statuses, now: clock.now(), limit: readingsMax });
  for (const applicantId of due) {
    signal?.throwIfAborted();
    await reconcileReview(context, { applicantId }, evidence).catch(async (error: unknown) => {
      context.log('warn', 'a review could not be read', { applicantId, error });
      const later = new Date(clock.now().getTime() + triedAgainMs);
      await postponeReading(store.database, applicantId, later);
    });
  }
}

const batchMax = 1_000;

/**
 * An approval holds for the level it was given at: where another is asked for now, it no longer does. The operators are
 * alerted of each batch of customers who lost it.
 */
export async function holdToLevel(context: UseCaseContext, signal?: AbortSignal): Promise<void> {
  for (let left = batchMax; left === batchMax;) {
    signal?.throwIfAborted();
    left = await holdBatchToLevel(context);
  }
}

/** `SUMSUB_LEVEL_NAME` was changed. Returns how many verifications left the level. */
async function holdBatchToLevel(context: UseCaseContext): Promise<number> {
  const { clock, store, kycLevelName: levelName } = context;
  return store.database.transaction().execute(async (transaction) => {
    const batch = { levelName, at: clock.now(), limit: batchMax };
    const { approvedBefore, left } = await leaveOtherLevels(transaction, batch);
    for (const userId of approvedBefore)
      await announceChange(transaction, { userId, kind: 'kyc', id: userId });
    const customers = approvedBefore.length;
    if (customers > 0)
      await raise(context, 'verification_level_changed', { customers, levelName }, transaction);
    return left;
  });
}
