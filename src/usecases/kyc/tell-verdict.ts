import { isSameVerdict } from '#domain/kyc/standing.ts';
import type { NoticeCode } from '#domain/notice/notices.ts';
import type { OpenTransaction } from '#store/database.ts';
import type { UseCaseContext } from '../context.ts';
import { notify } from '../notify/notify.ts';
import type { ReadingToKeep } from './keep.ts';

type VerdictCode = Extract<NoticeCode, `verification_${string}`>;

/** Tells the customer that the verification was decided, in the transaction that keeps the verdict. */
export async function tellVerdict(
  context: UseCaseContext,
  transaction: OpenTransaction,
  reading: ReadingToKeep,
): Promise<void> {
  const code = codeOf(reading);
  if (code === undefined) return;
  const { userId, applicantId, readings } = reading.kept;
  const occasion = `${applicantId} ${readings}`;
  await notify(context, transaction, { userId, code, parameters: {}, occasion });
}

function codeOf({ kept, verdict, review }: ReadingToKeep): VerdictCode | undefined {
  const isNewStatus = verdict.status !== kept.verdict.status;
  switch (verdict.status) {
    case 'approved':
      return isNewStatus ? 'verification_approved' : undefined;
    case 'rejected':
      return isNewStatus ? 'verification_rejected' : undefined;
    case 'pending': {
      const isAskedAgain = review?.reviewStatus === 'completed' && review.reviewAnswer !== 'GREEN';
      const isNews = verdict.canRetry && isAskedAgain && !isSameVerdict(verdict, kept.verdict);
      return isNews ? 'verification_retry' : undefined;
    }
    case 'none':
    case 'queued':
      return undefined;
  }
}
