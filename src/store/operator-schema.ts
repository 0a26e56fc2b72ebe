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
