import type { ColumnType, Generated } from 'kysely';
import type { KycCheck, KycStatus } from '#domain/kyc/verdict.ts';
import type { Presence } from '#domain/kyc/standing.ts';

// The tables of the verification of who a customer is.

export interface KycApplicantsTable {
  user_id: string;
  level_name: string;
  applicant_id: string;
  kyc_status: KycStatus;
  can_retry: boolean;
  reject_labels: string[];
  customer_comment: string | null;
  checked_at: Date;
  traceparent: string | null;
  presence: Generated<Presence>;
  presence_at: Date | null;
  stands_since: Date;
  due_at: Date | null;
  readings: Generated<number>;
}

/** The cause of a verdict. */
export type VerdictEvidence = 'initiate' | 'webhook' | 'poll' | 'rescreen' | 'level';

export interface KycVerdictChangesTable {
  id: Generated<number>;
  user_id: string;
  level_name: string;
  applicant_id: string;
  evidence: VerdictEvidence;
  from_status: KycStatus;
  kyc_status: KycStatus;
  can_retry: boolean;
  presence: Presence | 'absent';
  review_status: string | null;
  review_answer: string | null;
  reject_type: string | null;
  reject_labels: string[];
  checks: ColumnType<KycCheck[] | null, string | null, never>;
  at: Date;
}

/** The reader of a verification: the customer, a job of Drop, or an operator at the command line. */
export type AccessActor = 'person' | 'job' | 'operator';

export interface KycAccessLogTable {
  id: Generated<number>;
  user_id: string;
  actor: AccessActor;
  actor_name: string;
  what: string;
  why: string;
  at: Date;
  day: string;
}
