import type { Clock } from '#domain/clock.ts';
import { isDropError } from '#domain/errors.ts';
import type { CheckVerdict } from '#services/definition.ts';
import { databaseFault, type DatabasePlace } from '#store/database-fault.ts';
import { migrationState } from '#store/diagnosis/migration-state.ts';
import { isPooled } from '#store/diagnosis/pooled.ts';
import { isAnnouncementHeard } from '#store/diagnosis/round-trip.ts';
import { serverFacts, type ServerFacts } from '#store/diagnosis/server-facts.ts';
import { clockDifference } from '#store/diagnosis/server-time.ts';
import { isOneDatabase } from '#store/one-database.ts';
import { judgeClock } from './clock.ts';
import { checkOf, failed, ok, skipped, warning, type Area, type Check } from './finding.ts';
import { isAtFault, type Patient } from './patient.ts';

/** The database: whether it is reachable, fits this version, and passes announcements on. */
export function databaseChecks(patient: Patient): Check[] {
  const { database, clock, entropy } = patient;
  if (patient.hasLostDatabase) return [checkOf('database', 'PostgreSQL', async () => lost(patient))];
  if (database === undefined) return [skipped('database', 'PostgreSQL', absence(patient))];
  const { pooled, direct } = database;
  const at = (area: Area, subject: string, place: DatabasePlace, work: () => Promise<CheckVerdict>) =>
    checkOf(area, subject, async () => work().catch((error: unknown) => faultOf(error, place)));
  return [
    at('database', 'server', direct, async () => judgeServer(await serverFacts(direct.url), patient)),
    at('database', 'grants', direct, async () => judgeGrants(await serverFacts(direct.url), direct.url)),
    at('database', 'migrations', direct, async () => judgeMigrations(direct.url)),
    at('pooler', 'addresses', pooled, async () => judgePooler(database)),
    at('announcements', 'LISTEN', direct, async () => judgeListen(database, { clock, id: entropy.uuid() })),
    at('clock', 'database', direct, async () => {
      const { aheadMs, uncertainMs } = await clockDifference(direct.url, clock);
      return judgeClock({ name: 'the database', aheadMs, uncertainMs });
    }),
  ];
}

function lost({ config: { DROP_DATA_DIR: directory } }: Patient): CheckVerdict {
  const advice = `read ${directory}/postgres/server.log, then stop Drop and start it again`;
  return failed(`the embedded database in ${directory} does not run`, advice);
}

function absence(patient: Patient): string {
  if (isAtFault(patient, ['DATABASE_URL', 'DATABASE_DIRECT_URL'])) return 'its address is at fault';
  return `no DATABASE_URL is set, and no embedded database runs in ${patient.config.DROP_DATA_DIR}`;
}

function faultOf(error: unknown, place: DatabasePlace): CheckVerdict {
  const fault = databaseFault(error, place);
  if (!isDropError(fault)) throw error;
  const isOfAddress = fault.code === 'configuration_invalid';
  const advice = isOfAddress ? `correct ${place.name}` : `start the server, or correct ${place.name}`;
  return failed(fault.message, `${advice} (docs/runbook/the-database-does-not-answer.md)`);
}

/** The oldest version that PostgreSQL still corrects, at the end of 2026. */
const versionMin = 150_000;

function judgeServer(facts: ServerFacts, { config }: Patient): CheckVerdict {
  const { version, versionNumber, user, isSuperuser, isReplica } = facts;
  if (isReplica)
    return failed('the server is a replica, which takes no changes', 'use the address of the primary');
  if (versionNumber < versionMin)
    return warning(`PostgreSQL ${version} gets no corrections any more`, 'upgrade the server');
  if (isSuperuser && config.DROP_ENVIRONMENT === 'production')
    return warning(`the user ${user} is a superuser`, 'give Drop a user that owns its tables and no more');
  return ok(`PostgreSQL ${version} answers, as the user ${user}`);
}

async function judgeGrants(facts: ServerFacts, url: string): Promise<CheckVerdict> {
  const { user, mayCreateTables, mayCreateSchemas, closedTables } = facts;
  if (closedTables.length > 0) {
    const text = `the user ${user} may not read and write every table: ${closedTables.join(', ')}`;
    return failed(text, `grant select, insert, update and delete on them to ${user} (deploy/grants.sql)`);
  }
  if (!mayCreateSchemas)
    return failed(
      `the user ${user} may not create the schema of jobs`,
      `create schema jobs authorization ${user} (deploy/grants.sql)`,
    );
  if (mayCreateTables) return ok(`the user ${user} may do what Drop does`);
  if (await lacksMigrations(url))
    return failed(
      `the user ${user} may not create tables, and migrations are missing`,
      'run `npx drop migrate` as the owner of the tables, drop_migrate in deploy/grants.sql',
    );
  return ok(`the user ${user} may do what Drop does; migrations are for the owner of the tables`);
}

/** Migrations that cannot be compared have a finding of their own. */
async function lacksMigrations(url: string): Promise<boolean> {
  try {
    return (await migrationState(url)).missing.length > 0;
  } catch (error) {
    if (isDropError(error, 'configuration_invalid', 'internal_error')) return false;
    throw error;
  }
}

async function judgeMigrations(url: string): Promise<CheckVerdict> {
  const state = await migrationState(url).catch((error: unknown) => {
    if (isDropError(error, 'configuration_invalid', 'internal_error')) return error;
    throw error;
  });
  if (isDropError(state)) return failed(state.message, 'read docs/upgrade.md before anything is changed');
  const { applied, missing, newer } = state;
  if (missing.length > 0) {
    const text = `${applied} applied, ${missing.length} missing: ${listed(missing)}`;
    return warning(text, 'run `npx drop migrate` as the owner of the tables, or start Drop as that user');
  }
  if (newer.length > 0)
    return warning(
      `${newer.length} of a newer version: ${listed(newer)}`,
      'this version works with them; start the newer one',
    );
  return ok(`all ${applied} are applied`);
}

const namedMax = 3;

function listed(names: readonly string[]): string {
  const more = names.length > namedMax ? ` and ${names.length - namedMax} more` : '';
  return `${names.slice(0, namedMax).join(', ')}${more}`;
}

type Places = NonNullable<Patient['database']>;

async function judgePooler({ pooled, direct }: Places): Promise<CheckVerdict> {
  const isBehind = await isPooled(pooled.url);
  if (pooled === direct) {
    if (!isBehind) return ok('leads to PostgreSQL itself, without a pooler');
    const text = 'leads through a pooler, which passes no announcements on';
    return failed(text, 'set DATABASE_DIRECT_URL to the address of PostgreSQL behind it');
  }
  if (await isPooled(direct.url))
    return failed(
      'DATABASE_DIRECT_URL leads through a pooler, too',
      'set it to the address of PostgreSQL itself',
    );
  if (!(await isOneDatabase(pooled.url, direct.url)))
    return failed(
      'DATABASE_DIRECT_URL leads to another database than DATABASE_URL',
      'set it to the server behind the pooler, with the same database',
    );
  return ok(isBehind ? 'a pooler, and both addresses lead to one database' : 'both lead to one database');
}

async function judgeListen(
  { pooled, direct }: Places,
  { clock, id }: { clock: Clock; id: string },
): Promise<CheckVerdict> {
  const isHeard = await isAnnouncementHeard({ url: pooled.url, directUrl: direct.url, clock, id });
  if (isHeard) return ok('an announcement (NOTIFY) was heard');
  const text = 'an announcement (NOTIFY) was not heard, so that Drop would only poll';
  return failed(text, 'set DATABASE_DIRECT_URL to the address of PostgreSQL behind DATABASE_URL');
}
