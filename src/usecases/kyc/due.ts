import type { KycStatus } from '#domain/kyc/verdict.ts';
import { dueApplicants, postponeReading } from '#store/kyc/due.ts';
import { leaveOtherLevels } from '#store/kyc/level.ts';
import { announceChange } from '#store/changes.ts';
import type { VerdictEvidence } from '#store/schema.ts';
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
 * An approval holds for the level it was given at: where another is asked for now, it no longer does. The operators
 * hear of those who lost it also when the work is interrupted.
 */
export async function holdToLevel(context: UseCaseContext, signal?: AbortSignal): Promise<void> {
  let lost = 0;
  try {
    for (let left = batchMax; left === batchMax;) {
      signal?.throwIfAborted();
      const batch = await holdBatchToLevel(context);
      lost += batch.lost;
      left = batch.left;
    }
  } finally {
    if (lost > 0) reportOtherLevel(context, lost);
  }
}

/** `SUMSUB_LEVEL_NAME` was changed. */
function reportOtherLevel(context: UseCaseContext, customers: number): void {
  const { kycLevelName } = context;
  context.log('warn', 'verified customers were verified at another level', { customers, kycLevelName });
  const changed = { customers, levelName: kycLevelName };
  void raise(context, 'verification_level_changed', changed);
}

async function holdBatchToLevel(context: UseCaseContext): Promise<{ lost: number; left: number }> {
  const { clock, store, kycLevelName: levelName } = context;
  return store.database.transaction().execute(async (transaction) => {
    const batch = { levelName, at: clock.now(), limit: batchMax };
    const { approvedBefore, left } = await leaveOtherLevels(transaction, batch);
    for (const userId of approvedBefore)
      await announceChange(transaction, { userId, kind: 'kyc', id: userId });
    return { lost: approvedBefore.length, left };
  });
}
