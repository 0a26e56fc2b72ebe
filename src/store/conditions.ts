import { sql, type RawBuilder } from 'kysely';

/** An optional search condition, applied only when its value is given. */
export type Narrowing = readonly [value: unknown, condition: RawBuilder<boolean>];

/** The conjunction of all conditions whose value is given. */
export function allOf(narrowings: readonly Narrowing[]): RawBuilder<boolean> {
  const given = narrowings.filter(([value]) => value !== undefined).map(([, condition]) => condition);
  return sql<boolean>`(${sql.join([sql`true`, ...given], sql` and `)})`;
}
