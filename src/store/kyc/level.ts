import { sql } from 'kysely';
import type { Queries } from '../database.ts';

/**
 * Moves up to `limit` applicants from other levels to `levelName`. A customer who was approved at another level loses
 * the approval and may continue; the change is added to the verdict history. All moved applicants become due to be
 * read. Returns their number and the users who lost an approval.
 */
export async function leaveOtherLevels(
  queries: Queries,
  { levelName, at, limit }: { levelName: string; at: Date; limit: number },
): Promise<{ left: number; approvedBefore: string[] }> {
  const { rows } = await sql<{ userId: string; wasApproved: boolean }>`
    with other as materialized (
      select user_id, applicant_id, kyc_status, presence from kyc_applicants
      where level_name < ${levelName} or level_name > ${levelName}
      limit ${limit}
      for update skip locked
    ), judged as (
      update kyc_applicants as applicant set
        level_name = ${levelName},
        kyc_status = case other.kyc_status when 'approved' then 'pending' else other.kyc_status end,
        can_retry = applicant.can_retry or other.kyc_status = 'approved',
        stands_since = ${at},
        due_at = case when other.presence <> 'deleted' then ${at}::timestamptz end,
        readings = readings + 1
      from other where applicant.user_id = other.user_id
    ), told as (
      insert into kyc_verdict_changes
        (user_id, level_name, applicant_id, evidence, from_status, kyc_status, can_retry, presence, at)
      select user_id, ${levelName}, applicant_id, 'level', 'approved', 'pending', true, presence, ${at}
      from other where kyc_status = 'approved'
    ), lost as (
      update users set kyc_status = 'pending' from other
      where users.id = other.user_id and other.kyc_status = 'approved'
    )
    select user_id as "userId", kyc_status = 'approved' as "wasApproved" from other order by user_id
  `.execute(queries);
  const approvedBefore = rows.filter(({ wasApproved }) => wasApproved).map(({ userId }) => userId);
  return { left: rows.length, approvedBefore };
}
