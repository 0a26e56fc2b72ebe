import type { KycStatus } from '#domain/kyc/verdict.ts';
import type { Queries } from '../database.ts';

/** Applicants with one of `statuses` that are due to be read again, the longest due first. */
export async function dueApplicants(
  queries: Queries,
  due: { statuses: readonly KycStatus[]; now: Date; limit: number },
): Promise<string[]> {
  const rows = await queries
    .selectFrom('kyc_applicants')
    .select('applicant_id')
    .where('kyc_status', 'in', due.statuses)
    .where('due_at', '<=', due.now)
    .orderBy('due_at')
    .limit(due.limit)
    .execute();
  return rows.map((row) => row.applicant_id);
}

/** Postpones an applicant whose read failed, so that others are read first. */
export async function postponeReading(queries: Queries, applicantId: string, dueAt: Date): Promise<void> {
  await queries
    .updateTable('kyc_applicants')
    .set({ due_at: dueAt })
    .where('applicant_id', '=', applicantId)
    .where('due_at', '<', dueAt)
    .execute();
}

/** Records that the customer continued the verification, so that the verdict is read again soon. */
export async function expectNews(
  queries: Queries,
  applicantId: string,
  { at, dueAt }: { at: Date; dueAt: Date },
): Promise<void> {
  await queries
    .updateTable('kyc_applicants')
    .set({ stands_since: at, due_at: dueAt })
    .where('applicant_id', '=', applicantId)
    .where('presence', '!=', 'deleted')
    .execute();
}
