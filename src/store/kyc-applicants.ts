import type { KycStatus, KycVerdict } from '#domain/kyc.ts';
import type { Presence, PresenceKnown } from '#domain/kyc-standing.ts';
import type { Queries } from './database.ts';

export interface KeptApplicant {
  userId: string;
  levelName: string;
  applicantId: string;
  verdict: KycVerdict;
  presence: PresenceKnown;
  checkedAt: Date;
  rescreenAt: Date | undefined;
  /** How often the verdict was kept: unchanged, nobody else kept one meanwhile. */
  readings: number;
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

/** The applicant of an id at the provider. */
export async function findApplicantById(
  queries: Queries,
  applicantId: string,
): Promise<KeptApplicant | undefined> {
  const row = await queries
    .selectFrom('kyc_applicants')
    .selectAll()
    .where('applicant_id', '=', applicantId)
    .executeTakeFirst();
  return row && toApplicant(row);
}

/** All applicants of a user, one a level. */
export async function applicantsOf(queries: Queries, userId: string): Promise<KeptApplicant[]> {
  const rows = await queries
    .selectFrom('kyc_applicants')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('level_name')
    .execute();
  return rows.map(toApplicant);
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

/**
 * Writes down an applicant where the user has none at this level, or only one that is deleted at the provider;
 * otherwise nothing changes.
 */
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
  const anew = {
    applicant_id: applicant.applicantId,
    kyc_status: 'none' as const,
    can_retry: false,
    reject_labels: [],
    customer_comment: null,
    checked_at: applicant.at,
    traceparent: applicant.traceparent ?? null,
    presence: 'present' as const,
    presence_at: null,
    rescreen_at: null,
  };
  await queries
    .insertInto('kyc_applicants')
    .values({ user_id: applicant.userId, level_name: applicant.levelName, ...anew })
    .onConflict((conflict) =>
      conflict
        .columns(['user_id', 'level_name'])
        .doUpdateSet(anew)
        .where('kyc_applicants.presence', '=', 'deleted')
        .where('kyc_applicants.applicant_id', '!=', applicant.applicantId),
    )
    .execute();
}

export interface VerdictKept {
  verdict: KycVerdict;
  presence: PresenceKnown;
  rescreenAt: Date | undefined;
  at: Date;
}

export async function keepVerdict(
  queries: Queries,
  applicantId: string,
  { verdict, presence, rescreenAt, at }: VerdictKept,
): Promise<void> {
  await queries
    .updateTable('kyc_applicants')
    .set((row) => ({
      kyc_status: verdict.status,
      can_retry: verdict.canRetry,
      reject_labels: verdict.labels,
      customer_comment: verdict.customerComment ?? null,
      checked_at: at,
      presence: presence.presence,
      presence_at: presence.at ?? null,
      rescreen_at: rescreenAt ?? null,
      readings: row('readings', '+', 1),
    }))
    .where('applicant_id', '=', applicantId)
    .execute();
}

/**
 * Applicants whose review may have ended without a webhook, the longest unchecked first: those not checked since
 * `before`, and those who are waited for rather than wait, since `beforeOfWaitedFor`.
 */
export async function applicantsToCheck(
  queries: Queries,
  { before, beforeOfWaitedFor, limit }: { before: Date; beforeOfWaitedFor: Date; limit: number },
): Promise<string[]> {
  const rows = await queries
    .selectFrom('kyc_applicants')
    .select('applicant_id')
    .where('kyc_status', 'in', ['none', 'pending', 'queued'])
    .where('presence', '!=', 'deleted')
    .where((row) =>
      row.or([
        row.and([row('can_retry', '=', false), row('checked_at', '<', before)]),
        row('checked_at', '<', beforeOfWaitedFor),
      ]),
    )
    .orderBy('checked_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.applicant_id);
}

/** Applicants whose verdict is due to be read again, the longest due first. */
export async function applicantsToRescreen(queries: Queries, now: Date, limit: number): Promise<string[]> {
  const rows = await queries
    .selectFrom('kyc_applicants')
    .select('applicant_id')
    .where('rescreen_at', '<=', now)
    .orderBy('rescreen_at')
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
  checked_at: Date;
  presence: Presence;
  presence_at: Date | null;
  rescreen_at: Date | null;
  readings: number;
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
    presence: { presence: row.presence, at: row.presence_at ?? undefined },
    checkedAt: row.checked_at,
    rescreenAt: row.rescreen_at ?? undefined,
    readings: row.readings,
  };
}
