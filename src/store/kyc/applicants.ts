import type { Selectable } from 'kysely';
import type { KycVerdict } from '#domain/kyc/verdict.ts';
import type { PresenceKnown } from '#domain/kyc/standing.ts';
import type { Queries } from '../database.ts';
import type { Schema } from '../schema.ts';

export interface KeptApplicant {
  userId: string;
  levelName: string;
  applicantId: string;
  verdict: KycVerdict;
  presence: PresenceKnown;
  checkedAt: Date;
  /** When the verdict last changed, or when the customer last continued, whichever is later. */
  standsSince: Date;
  /** When the verdict is read again if no webhook arrives; undefined when there is nothing to read. */
  dueAt: Date | undefined;
  /** How many times the verdict was stored. An unchanged number proves that no other process stored one meanwhile. */
  readings: number;
}

/** A user's applicant. A user has one applicant for all levels. */
export async function findApplicant(queries: Queries, userId: string): Promise<KeptApplicant | undefined> {
  const row = await applicants(queries).where('user_id', '=', userId).executeTakeFirst();
  return row && toApplicant(row);
}

/** The applicant with the provider's id `applicantId`; that of a closed account is not found. */
export async function findApplicantById(
  queries: Queries,
  applicantId: string,
): Promise<KeptApplicant | undefined> {
  const row = await applicants(queries)
    .where('applicant_id', '=', applicantId)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('users')
          .select('users.id')
          .whereRef('users.id', '=', 'kyc_applicants.user_id')
          .where('closed_at', 'is', null),
      ),
    )
    .executeTakeFirst();
  return row && toApplicant(row);
}

/** The applicant with the provider's id `applicantId`, with its row locked until the transaction ends. */
export async function lockApplicant(
  queries: Queries,
  applicantId: string,
): Promise<KeptApplicant | undefined> {
  const row = await applicants(queries)
    .where('applicant_id', '=', applicantId)
    .forUpdate()
    .executeTakeFirst();
  return row && toApplicant(row);
}

/** The trace of the request that started an applicant's verification. */
export async function traceOfApplicant(queries: Queries, applicantId: string): Promise<string | undefined> {
  const row = await queries
    .selectFrom('kyc_applicants')
    .select('traceparent')
    .where('applicant_id', '=', applicantId)
    .executeTakeFirst();
  return row?.traceparent ?? undefined;
}

export interface NewApplicant {
  userId: string;
  applicantId: string;
  levelName: string;
  traceparent: string | undefined;
  at: Date;
  dueAt: Date | undefined;
}

/**
 * Stores a user's applicant. It replaces a previous applicant, which the provider no longer has. Does nothing when
 * another user has the applicant.
 */
export async function keepApplicant(queries: Queries, applicant: NewApplicant): Promise<void> {
  const anew = {
    applicant_id: applicant.applicantId,
    level_name: applicant.levelName,
    kyc_status: 'none' as const,
    can_retry: false,
    reject_labels: [],
    customer_comment: null,
    checked_at: applicant.at,
    stands_since: applicant.at,
    traceparent: applicant.traceparent ?? null,
    presence: 'present' as const,
    presence_at: null,
    due_at: applicant.dueAt ?? null,
  };
  // No conflict column is named, because concurrent inserts may conflict in either of the two unique columns.
  await queries
    .insertInto('kyc_applicants')
    .values({ user_id: applicant.userId, ...anew })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const isTaken = queries
    .selectFrom('kyc_applicants as taken')
    .select('taken.user_id')
    .where('taken.applicant_id', '=', applicant.applicantId);
  await queries
    .updateTable('kyc_applicants')
    .set(anew)
    .where('user_id', '=', applicant.userId)
    .where((row) => row.not(row.exists(isTaken)))
    .execute();
}

export interface VerdictKept {
  verdict: KycVerdict;
  /** The level by which the verdict was decided. */
  levelName: string;
  presence: PresenceKnown;
  at: Date;
  standsSince: Date;
  dueAt: Date | undefined;
}

export async function keepVerdict(queries: Queries, applicantId: string, kept: VerdictKept): Promise<void> {
  const { verdict, presence } = kept;
  await queries
    .updateTable('kyc_applicants')
    .set((row) => ({
      kyc_status: verdict.status,
      can_retry: verdict.canRetry,
      reject_labels: verdict.labels,
      customer_comment: verdict.customerComment ?? null,
      level_name: kept.levelName,
      checked_at: kept.at,
      stands_since: kept.standsSince,
      presence: presence.presence,
      presence_at: presence.at ?? null,
      due_at: kept.dueAt ?? null,
      readings: row('readings', '+', 1),
    }))
    .where('applicant_id', '=', applicantId)
    .execute();
}

function applicants(queries: Queries) {
  return queries.selectFrom('kyc_applicants').selectAll();
}

function toApplicant(row: Selectable<Schema['kyc_applicants']>): KeptApplicant {
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
    standsSince: row.stands_since,
    dueAt: row.due_at ?? undefined,
    readings: row.readings,
  };
}
