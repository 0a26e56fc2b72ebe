import { endConnection, openConnection } from './connections.ts';

const answerMs = 10_000;
/** Marks Drop's locks of this kind among the advisory locks; an arbitrary number. */
const lockClass = 0x64726f72;

/**
 * Whether `url`, which may be the address of a pooler, and `directUrl` lead to the same database of the same server: a
 * lock that is taken over the one is looked for over the other. Names do not tell, since a pooler may rename.
 *
 * Rejects with the driver's error when one of them does not answer.
 */
export async function isOneDatabase(url: string, directUrl: string): Promise<boolean> {
  const name = 'drop address check';
  const direct = openConnection(directUrl, { name, answerMs });
  const pooled = openConnection(url, { name, answerMs });
  try {
    await Promise.all([direct.connect(), pooled.connect()]);
    await direct.query('begin');
    const { rows } = await direct.query<{ key: number }>(
      `select key, pg_advisory_xact_lock(${lockClass}, key)
      from (select floor(random() * 2147483647)::integer as key offset 0) as chosen`,
    );
    const { rowCount } = await pooled.query(
      `select from pg_locks
      where locktype = 'advisory' and classid = ${lockClass} and objid = $1::bigint::oid and objsubid = 2
        and database = (select oid from pg_database where datname = current_database())`,
      [rows[0]?.key],
    );
    return rowCount === 1;
  } finally {
    // The lock goes with its connection.
    await Promise.all([endConnection(direct), endConnection(pooled)]);
  }
}
