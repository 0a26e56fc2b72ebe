import { sql, type RawBuilder } from 'kysely';

/** What narrows a search: a condition, and the value without which it narrows nothing. */
export type Narrowing = readonly [value: unknown, condition: RawBuilder<boolean>];

/** All conditions whose value is given. */
export function allOf(narrowings: readonly Narrowing[]): RawBuilder<boolean> {
  const given = narrowings.filter(([value]) => value !== undefined).map(([, condition]) => condition);
  return sql<boolean>`(${sql.join([sql`true`, ...given], sql` and `)})`;
}
