import { sql } from 'kysely';
import type { FlagSetting } from '#domain/flags/evaluate.ts';
import { appendEntries } from './audit/append.ts';
import type { Queries } from './database.ts';

/** An operator's act on a flag: for one person, or without one for everyone. */
export interface FlagChange {
  flag: string;
  userId: string | undefined;
  /** Undefined takes the setting away. */
  isOn: boolean | undefined;
  at: Date;
  by: string;
  reason: string;
}

/** How many settings are in force at the most: every process holds them all in memory. */
export const flagSettingsMax = 10_000;

/** The settings in force: at most one more than the greatest number. */
export async function flagSettings(queries: Queries): Promise<FlagSetting[]> {
  const newest = await inForce(queries);
  return newest.map(({ flag, userId, isOn }) => ({ flag, userId, isOn }));
}

/** The newest act on each flag and person whose setting stands, by flag; everyone's first. */
export async function inForce(queries: Queries): Promise<(FlagChange & { isOn: boolean })[]> {
  const { rows } = await sql<Row>`
    select flag, user_id, is_on, changed_at, changed_by, reason from (
      select distinct on (flag, user_id) * from flag_changes order by flag, user_id, id desc
    ) as newest
    where is_on is not null
    order by flag, user_id nulls first
    limit ${flagSettingsMax + 1}
  `.execute(queries);
  return rows.map((row) => ({ ...changeOf(row), isOn: row.is_on }));
}

/** The acts on one flag, the newest first. */
export async function flagHistory(queries: Queries, flag: string, limit: number): Promise<FlagChange[]> {
  const rows = await queries
    .selectFrom('flag_changes')
    .selectAll()
    .where('flag', '=', flag)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(changeOf);
}

/** Stores an act, and its entry in the audit trail. `salt` is a new token. */
export async function addFlagChange(queries: Queries, change: FlagChange, salt: string): Promise<void> {
  const { flag, at } = change;
  const row = {
    flag,
    user_id: change.userId ?? null,
    is_on: change.isOn ?? null,
    changed_at: at,
    changed_by: change.by,
    reason: change.reason,
  };
  const inserting = sql`${queries
    .insertInto('flag_changes')
    .values(row)
    .returning(sql`id::text`.as('row'))}`;
  await appendEntries(queries, [{ chain: 'flag:', kind: 'flag', recorded: [row], at, salt }], inserting);
}

interface Row {
  flag: string;
  user_id: string | null;
  is_on: boolean;
  changed_at: Date;
  changed_by: string;
  reason: string;
}

function changeOf(row: Omit<Row, 'is_on'> & { is_on: boolean | null }): FlagChange {
  return {
    flag: row.flag,
    userId: row.user_id ?? undefined,
    isOn: row.is_on ?? undefined,
    at: row.changed_at,
    by: row.changed_by,
    reason: row.reason,
  };
}
