import type { KycCheck, KycReview, KycStatus, KycVerdict } from '#domain/kyc/verdict.ts';
import type { Presence } from '#domain/kyc/standing.ts';
import { sql } from 'kysely';
import { appendEntries } from '../audit/append.ts';
import type { Queries } from '../database.ts';
import type { VerdictEvidence } from '../tables/verification.ts';

/** `absent`: the provider answered that it has no such applicant. */
export type PresenceFound = Presence | 'absent';

export interface NewVerdictChange {
  userId: string;
  levelName: string;
  applicantId: string;
  evidence: VerdictEvidence;
  from: KycStatus;
  verdict: KycVerdict;
  presence: PresenceFound;
  /** The review as read; undefined when there was none. */
  review: KycReview | undefined;
  /** Undefined when they could not be read. */
  checks: KycCheck[] | undefined;
  at: Date;
  /** A new token, for the audit trail. */
  salt: string;
}

/** Stores a change of a verdict, and its entry in the audit trail. */
export async function insertVerdictChange(queries: Queries, change: NewVerdictChange): Promise<void> {
  const row = rowOf(change);
  const { userId: subject, checks, at, salt } = change;
  const recorded = [{ ...row, checks }];
  const inserting = sql`${queries
    .insertInto('kyc_verdict_changes')
    .values(row)
    .returning(sql`id::text`.as('row'))}`;
  await appendEntries(
    queries,
    [{ chain: 'verdict:', kind: 'verdict', recorded, subject, at, salt }],
    inserting,
  );
}

function rowOf(change: NewVerdictChange) {
  const { verdict, review, checks } = change;
  return {
    user_id: change.userId,
    level_name: change.levelName,
    applicant_id: change.applicantId,
    evidence: change.evidence,
    from_status: change.from,
    kyc_status: verdict.status,
    can_retry: verdict.canRetry,
    presence: change.presence,
    review_status: review?.reviewStatus ?? null,
    review_answer: review?.reviewAnswer ?? null,
    reject_type: review?.reviewRejectType ?? null,
    reject_labels: verdict.labels,
    checks: checks ? JSON.stringify(checks) : null,
    at: change.at,
  };
}

export interface VerdictChange {
  at: Date;
  evidence: VerdictEvidence;
  levelName: string;
  applicantId: string;
  from: KycStatus;
  status: KycStatus;
  canRetry: boolean;
  presence: PresenceFound;
  reviewStatus: string | null;
  reviewAnswer: string | null;
  rejectType: string | null;
  rejectLabels: string[];
  checks: KycCheck[] | null;
}

/** A user's verdict changes, latest first. */
export async function verdictChangesOf(
  queries: Queries,
  userId: string,
  limit: number,
): Promise<VerdictChange[]> {
  const rows = await queries
    .selectFrom('kyc_verdict_changes')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    at: row.at,
    evidence: row.evidence,
    levelName: row.level_name,
    applicantId: row.applicant_id,
    from: row.from_status,
    status: row.kyc_status,
    canRetry: row.can_retry,
    presence: row.presence,
    reviewStatus: row.review_status,
    reviewAnswer: row.review_answer,
    rejectType: row.reject_type,
    rejectLabels: row.reject_labels,
    checks: row.checks,
  }));
}
