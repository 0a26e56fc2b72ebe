import type { Store } from '#store/database.ts';

/** All that the database holds: for every column of every table, the scheduler's too, its values line by line. */
export async function dumpOf({ pool }: Store): Promise<Map<string, string>> {
  const { rows: columns } = await pool.query<{ schema: string; table: string; column: string }>(
    `select table_schema as schema, table_name as table, column_name as column
       from information_schema.columns join pg_tables on schemaname = table_schema and tablename = table_name
      where table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const dump = new Map<string, string>();
  for (const { schema, table, column } of columns) {
    const { rows } = await pool.query<{ text: string | null }>(
      `select string_agg(${quoted(column)}::text, E'\\n') as text from ${quoted(schema)}.${quoted(table)}`,
    );
    const prefix = schema === 'public' ? '' : `${schema}.`;
    dump.set(`database ${prefix}${table}.${column}`, rows[0]?.text ?? '');
  }
  return dump;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
