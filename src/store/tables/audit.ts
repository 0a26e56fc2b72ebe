import type { ColumnType } from 'kysely';

export interface AuditEntriesTable {
  chain: string;
  sequence: number;
  kind: string;
  rows: string;
  facts: string | null;
  subject: string | null;
  at: Date;
  /** `YYYY-MM-DD`. */
  day: string;
  digest: Buffer;
  previous: Buffer;
  hash: Buffer;
  /** Only ever removed. */
  salt: ColumnType<string | null, string, null>;
}

export interface AuditDaysTable {
  /** `YYYY-MM-DD`. */
  day: string;
  closed_at: Date;
}

export interface AuditRootsTable {
  /** `YYYY-MM-DD`. */
  day: string;
  statement: string;
  public_key: string;
  signature: string;
}
