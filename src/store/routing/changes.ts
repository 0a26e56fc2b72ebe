import { sql, type Selectable } from 'kysely';
import type { RoutingPolicy } from '#domain/routing/policy.ts';
import { appendEntries } from '../audit/append.ts';
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

/**
 * Stores a change, and its entry in the audit trail; false where another change has taken the version meanwhile. `salt`
 * is a new token.
 */
export async function addRoutingChange(
  queries: Queries,
  change: RoutingChange,
  salt: string,
): Promise<boolean> {
  const { policy, at } = change;
  const row = {
    version: change.version,
    kind: change.kind,
    policy: policy ? JSON.stringify(policy) : null,
    restores: change.restores ?? null,
    changed_at: at,
    changed_by: change.by,
    reason: change.reason,
  };
  const inserting = sql`${queries
    .insertInto('routing_changes')
    .values(row)
    .onConflict((conflict) => conflict.column('version').doNothing())
    .returning(sql`version::text`.as('row'))}`;
  const entry = { chain: 'routing', kind: 'routing', recorded: [{ ...row, policy }], at, salt } as const;
  return (await appendEntries(queries, [entry], inserting)) > 0;
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
