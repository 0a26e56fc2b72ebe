import type { Generated } from 'kysely';
import type { KeyPurpose } from '#domain/key-fingerprint.ts';
import type { BigInteger, Json } from './column-types.ts';

// The tables of what operators look at and do.

export interface CustomerAccessLogTable {
  id: Generated<number>;
  user_id: string | null;
  actor_name: string;
  what: 'search' | 'data' | 'webhook_body';
  subject: string;
  why: string;
  at: Date;
}

export interface RunningProcessesTable {
  id: string;
  host: string;
  pid: number;
  version: string;
  started_at: Date;
  seen_at: Date;
}

/** Operators' acts on feature flags: never changed, only added to. */
export interface FlagChangesTable {
  id: Generated<number>;
  flag: string;
  user_id: string | null;
  is_on: boolean | null;
  changed_at: Date;
  changed_by: string;
  reason: string;
}

export interface KeyFingerprintsTable {
  purpose: KeyPurpose;
  key_id: string;
  fingerprint: string;
  recorded_at: Date;
}

export interface ErrorGroupsTable {
  id: Generated<number>;
  fingerprint: string;
  title: string;
  name: string;
  code: string | null;
  place: string;
  errors: BigInteger;
  first_at: Date;
  first_release: string;
  last_at: Date;
  last_release: string;
  example: Json<unknown>;
  resolved_at: Date | null;
  resolved_by: string | null;
  is_told: Generated<boolean>;
}

/** Operators' record of incidents: never changed, only added to. */
export interface IncidentEntriesTable {
  id: Generated<BigInteger>;
  incident_id: number;
  at: Date;
  actor_name: string;
  note: string | null;
  facts: Json<unknown>;
}
