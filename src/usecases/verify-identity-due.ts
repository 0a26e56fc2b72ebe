import type { KycStatus } from '#domain/kyc.ts';
import { dueApplicants, postponeReading } from '#store/kyc-due.ts';
import { leaveOtherLevels } from '#store/kyc-level.ts';
import { announceChange } from '#store/changes.ts';
import type { VerdictEvidence } from '#store/schema.ts';
import type { UseCaseContext } from './context.ts';
import { tellOfOtherLevel } from './verify-identity-alerts.ts';
import { followReview } from './verify-identity-follow.ts';

/** Asks about reviews whose webhook may have been lost. */
export async function followSilentReviews(context: UseCaseContext): Promise<void> {
  await followDue(context, ['none', 'pending', 'queued'], 'poll');
}

/** Reads verdicts again that are due, whether or not anything was heard of them. */
export async function rescreenCustomers(context: UseCaseContext): Promise<void> {
  await followDue(context, ['approved', 'rejected'], 'rescreen');
}

const readingsMax = 200;
const triedAgainMs = 600_000;

async function followDue(
  context: UseCaseContext,
  statuses: readonly KycStatus[],
  evidence: VerdictEvidence,
): Promise<void> {
  const { clock, store } = context;
  const due = await dueApplicants(store.database, { statuses, now: clock.now(), limit: readingsMax });
  for (const applicantId of due) {
    await followReview(context, { applicantId }, evidence).catch(async (error: unknown) => {
      context.log('warn', 'a review could not be read', { applicantId, error });
      const later = new Date(clock.now().getTime() + triedAgainMs);
      await postponeReading(store.database, applicantId, later);
    });
  }
}

const batchMax = 1_000;

/** An approval holds for the level it was given at: where another is asked for now, it no longer does. */
export async function holdToLevel(context: UseCaseContext): Promise<void> {
  const { clock, store, kycLevelName: levelName } = context;
  let lost = 0;
  for (let left = batchMax; left === batchMax;) {
    left = await store.database.transaction().execute(async (transaction) => {
      const batch = { levelName, at: clock.now(), limit: batchMax };
      const { approvedBefore, left: judged } = await leaveOtherLevels(transaction, batch);
      for (const userId of approvedBefore)
        await announceChange(transaction, { userId, kind: 'kyc', id: userId });
      lost += approvedBefore.length;
      return judged;
    });
  }
  if (lost > 0) tellOfOtherLevel(context, lost);
}
