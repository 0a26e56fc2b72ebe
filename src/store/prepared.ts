import type pg from 'pg';
import { sha256 } from './hash.ts';

/** A statement that runs so often that planning it each time would be noticed. */
export interface PreparedStatement {
  /** Different for every text, since a pooler gives one server connection to several versions of Drop. */
  name: string;
  text: string;
}

export function prepared(name: string, text: string): PreparedStatement {
  return { name: `${name}_${sha256(text).toString('hex').slice(0, 8)}`, text };
}

type Pool = Pick<pg.Pool, 'query'>;

/** The pools whose server connections change under Drop, and do not know the names that Drop gave. */
const poolsWithoutNames = new WeakSet<Pool>();

/**
 * Runs a named statement. A pooler in transaction mode that does not keep names (PgBouncer before 1.21) refuses it
 * before anything is done. It is then run without its name, and so are all later ones on that pool.
 */
export async function runPrepared<Row extends pg.QueryResultRow>(
  pool: Pool,
  { name, text }: PreparedStatement,
  values: unknown[],
): Promise<pg.QueryResult<Row>> {
  if (poolsWithoutNames.has(pool)) return pool.query<Row>(text, values);
  try {
    return await pool.query<Row>({ name, text, values });
  } catch (error) {
    if (isNameRefused(error)) poolsWithoutNames.add(pool);
    else if (!isPlanOutdated(error)) throw error;
    return pool.query<Row>(text, values);
  }
}

/** PostgreSQL's invalid_sql_statement_name and duplicate_prepared_statement. */
function isNameRefused(error: unknown): boolean {
  return codeOf(error) === '26000' || codeOf(error) === '42P05';
}

/** A migration has changed the type of a column that the statement returns. */
function isPlanOutdated(error: unknown): boolean {
  return codeOf(error) === '0A000';
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
