import type { Selectable } from 'kysely';
import type { RoutingPolicy } from '#domain/routing/policy.ts';
import type { Queries } from '../database.ts';
import type { Schema } from '../schema.ts';

/** `stop` and `resume` change one move; a `stop` is also made by Drop itself. */
export type RoutingChangeKind = 'apply' | 'rollback' | 'stop' | 'resume';

/** A change of the routing policy. The newest one is in force. */
export interface RoutingChange {
  /** From 1 upwards, without a gap. */
  version: number;
  kind: RoutingChangeKind;
  /** Undefined where the environment alone decides. */
  policy: RoutingPolicy | undefined;
  /** The version whose policy a rollback brought back; 0 for the environment alone. */
  restores: number | undefined;
  at: Date;
  by: string;
  reason: string;
}

/** The policy in force; version 0 before the first change. */
export async function currentRouting(queries: Queries): Promise<Pick<RoutingChange, 'version' | 'policy'>> {
  const [newest] = await listRoutingChanges(queries, 1);
  return newest ?? { version: 0, policy: undefined };
}

/** The newest first. */
export async function listRoutingChanges(queries: Queries, limit: number): Promise<RoutingChange[]> {
  const rows = await queries
    .selectFrom('routing_changes')
    .selectAll()
    .orderBy('version', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toChange);
}

export async function findRoutingChange(
  queries: Queries,
  version: number,
): Promise<RoutingChange | undefined> {
  const row = await queries
    .selectFrom('routing_changes')
    .selectAll()
    .where('version', '=', version)
    .executeTakeFirst();
  return row && toChange(row);
}

/** False where another change has taken the version meanwhile. */
export async function addRoutingChange(queries: Queries, change: RoutingChange): Promise<boolean> {
  const result = await queries
    .insertInto('routing_changes')
    .values({
      version: change.version,
      kind: change.kind,
      policy: change.policy ? JSON.stringify(change.policy) : null,
      restores: change.restores ?? null,
      changed_at: change.at,
      changed_by: change.by,
      reason: change.reason,
    })
    .onConflict((conflict) => conflict.column('version').doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

function toChange(row: Selectable<Schema['routing_changes']>): RoutingChange {
  return {
    version: row.version,
    kind: row.kind,
    policy: row.policy ?? undefined,
    restores: row.restores ?? undefined,
    at: row.changed_at,
    by: row.changed_by,
    reason: row.reason,
  };
}
