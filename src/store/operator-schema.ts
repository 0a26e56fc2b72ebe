import type { Generated } from 'kysely';

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
