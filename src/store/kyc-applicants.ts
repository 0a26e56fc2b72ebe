import type { KycStatus, KycVerdict } from '#domain/kyc.ts';
import type { Queries } from './database.ts';

export interface KeptApplicant {
  userId: string;
  levelName: string;
  applicantId: string;
  verdict: KycVerdict;
}

export async function findApplicant(
  queries: Queries,
  user: { userId: string; levelName: string },
): Promise<KeptApplicant | undefined> {
  const row = await queries
    .selectFrom('kyc_applicants')
    .selectAll()
    .where('user_id', '=', user.userId)
    .where('level_name', '=', user.levelName)
    .executeTakeFirst();
  return row && toApplicant(row);
}

/** The applicant of an id at the provider, with its row locked until the transaction ends. */
export async function lockApplicant(
  queries: Queries,
  applicantId: string,
): Promise<KeptApplicant | undefined> {
  const row = await queries
    .selectFrom('kyc_applicants')
    .selectAll()
    .where('applicant_id', '=', applicantId)
    .forUpdate()
    .executeTakeFirst();
  return row && toApplicant(row);
}

/** The trace of the request that began an applicant's verification. */
export async function traceOfApplicant(queries: Queries, applicantId: string): Promise<string | undefined> {
  const row = await queries
    .selectFrom('kyc_applicants')
    .select('traceparent')
    .where('applicant_id', '=', applicantId)
    .executeTakeFirst();
  return row?.traceparent ?? undefined;
}

/** Writes down an applicant where the user has none at this level; otherwise nothing changes. */
export async function keepApplicant(
  queries: Queries,
  applicant: {
    userId: string;
    levelName: string;
    applicantId: string;
    traceparent: string | undefined;
    at: Date;
  },
): Promise<void> {
  await queries
    .insertInto('kyc_applicants')
    .values({
      user_id: applicant.userId,
      level_name: applicant.levelName,
      applicant_id: applicant.applicantId,
      kyc_status: 'none',
      can_retry: false,
      reject_labels: [],
      customer_comment: null,
      checked_at: applicant.at,
      traceparent: applicant.traceparent ?? null,
    })
    .onConflict((conflict) => conflict.columns(['user_id', 'level_name']).doNothing())
    .execute();
}

export async function keepVerdict(
  queries: Queries,
  applicantId: string,
  { verdict, at }: { verdict: KycVerdict; at: Date },
): Promise<void> {
  await queries
    .updateTable('kyc_applicants')
    .set({
      kyc_status: verdict.status,
      can_retry: verdict.canRetry,
      reject_labels: verdict.labels,
      customer_comment: verdict.customerComment ?? null,
      checked_at: at,
    })
    .where('applicant_id', '=', applicantId)
    .execute();
}

/** Applicants whose review may have ended without a webhook, the longest unchecked first. */
export async function applicantsToCheck(queries: Queries, before: Date, limit: number): Promise<string[]> {
  const rows = await queries
    .selectFrom('kyc_applicants')
    .select('applicant_id')
    .where('kyc_status', 'in', ['pending', 'queued'])
    .where('checked_at', '<', before)
    .orderBy('checked_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.applicant_id);
}

interface ApplicantRow {
  user_id: string;
  level_name: string;
  applicant_id: string;
  kyc_status: KycStatus;
  can_retry: boolean;
  reject_labels: string[];
  customer_comment: string | null;
}

function toApplicant(row: ApplicantRow): KeptApplicant {
  return {
    userId: row.user_id,
    levelName: row.level_name,
    applicantId: row.applicant_id,
    verdict: {
      status: row.kyc_status,
      canRetry: row.can_retry,
      labels: row.reject_labels,
      customerComment: row.customer_comment ?? undefined,
    },
  };
}
