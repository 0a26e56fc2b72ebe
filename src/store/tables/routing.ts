import type { Generated } from 'kysely';
import type { ParityOutcome } from '#domain/routing/parity.ts';
import type { RoutingPolicy } from '#domain/routing/policy.ts';
import type { Json } from './column-types.ts';

// The tables of the choice of a provider.

export interface RoutingChangesTable {
  version: number;
  kind: 'apply' | 'rollback' | 'stop' | 'resume';
  policy: Json<RoutingPolicy>;
  restores: number | null;
  changed_at: Date;
  changed_by: string;
  reason: string;
}

export interface RoutingParityTable {
  id: Generated<number>;
  account_id: string;
  bank_key: string;
  former_provider: string;
  new_provider: string;
  outcome: ParityOutcome;
  error_code: string | null;
  failed_provider: string | null;
  apart_ms: number | null;
  compared_at: Date;
}
