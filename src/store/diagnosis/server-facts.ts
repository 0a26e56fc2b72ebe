import { assert } from '#domain/errors.ts';
import { onConnection } from './on-connection.ts';

/** A PostgreSQL server, and what Drop's user may do there. */
export interface ServerFacts {
  /** Such as 170002 for 17.2. */
  versionNumber: number;
  version: string;
  user: string;
  isSuperuser: boolean;
  /** Whether it is a replica, which takes no changes. */
  isReplica: boolean;
  /** Whether the user may create schemas in the database, as the jobs need, or they exist. */
  mayCreateSchemas: boolean;
  /** Whether the user may create tables where Drop's are. */
  mayCreateTables: boolean;
  /** Tables whose rows the user may not read and change, the first few by name. */
  closedTables: readonly string[];
}

/** Reads the facts in one statement. Rejects with the driver's error. */
export async function serverFacts(url: string): Promise<ServerFacts> {
  return onConnection(url, async (client) => {
    const { rows } = await client.query<ServerFacts>(`
      select current_setting('server_version_num')::integer as "versionNumber",
        current_setting('server_version') as version,
        current_user::text as "user",
        (select rolsuper from pg_roles where rolname = current_user) as "isSuperuser",
        pg_is_in_recovery() as "isReplica",
        has_database_privilege(current_database(), 'create') or to_regnamespace('jobs') is not null
          as "mayCreateSchemas",
        coalesce(has_schema_privilege(current_schema(), 'create'), false) as "mayCreateTables",
        array(
          select relname::text from pg_class
          join pg_namespace on pg_namespace.oid = relnamespace
          where nspname in (current_schema(), 'jobs') and relkind in ('r', 'p')
            and not (has_table_privilege(pg_class.oid, 'select') and has_table_privilege(pg_class.oid, 'insert')
              and has_table_privilege(pg_class.oid, 'update') and has_table_privilege(pg_class.oid, 'delete'))
          order by relname limit 5
        ) as "closedTables"`);
    const [facts] = rows;
    assert(facts, 'a select without a table has one row');
    return facts;
  });
}
