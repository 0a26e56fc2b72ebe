import { sql } from 'kysely';
import type pg from 'pg';
import type { KycStatus } from '#domain/kyc/verdict.ts';
import type { Queries } from './database.ts';
import { sha256 } from './hash.ts';
import type { KnownDevice } from './known-devices.ts';
import { prepared, runPrepared } from './prepared.ts';
import type { SessionKind } from './tables/sign-in.ts';
import type { Identification, User } from './users.ts';

/** The longest list shown to a customer. Ending all sessions also ends those beyond it. */
const listedMax = 100;

export interface NewSession {
  id: string;
  token: string;
  userId: string;
  /** Default `browser`. */
  kind?: SessionKind;
  userAgent: string | undefined;
  at: Date;
  expiresAt: Date;
}

export async function insertSession(queries: Queries, session: NewSession): Promise<void> {
  await queries
    .insertInto('sessions')
    .values({
      id: session.id,
      token_hash: sha256(session.token),
      user_id: session.userId,
      kind: session.kind ?? 'browser',
      user_agent: session.userAgent ?? null,
      created_at: session.at,
      last_seen_at: session.at,
      expires_at: session.expiresAt,
    })
    .execute();
}

/** Prepared, because most sign-ins end with this statement. */
const openingOfKnown = prepared(
  'open_session_of_known',
  `
    with opened as (
      insert into sessions (id, token_hash, kind, user_agent, created_at, last_seen_at, expires_at, user_id)
      select $1::uuid, $2::bytea, $3::text, $4::text, $5::timestamptz, $5::timestamptz, $6::timestamptz, id
      from users
      where national_id_hash = $7 and national_id_hash_key_id = $8
        and bankid_issuer = $9 and bankid_subject = $10 and name = $11 and locale is not null
        and exists (
          select from known_devices as device
          where device.user_id = users.id and device.kind = $3 and device.program = $13 and device.system = $14
        )
      returning id, user_id
    ), ended as (
      update sign_in_transactions set ended_at = $5::timestamptz from opened where state_hash = $12
    ), seen as (
      update known_devices as device set last_seen_at = $5::timestamptz from opened
      where device.user_id = opened.user_id and device.kind = $3 and device.program = $13 and device.system = $14
        and device.last_seen_at < $5::timestamptz - interval '1 day'
    )
    select user_id from opened
  `,
);

/**
 * Opens a session for a returning user whose language is known and whose identification has not changed, on a device of
 * a known kind, and ends the sign-in of `state`, in one statement. Returns the user's id; undefined, and nothing is
 * written, when there is no such user or device. Hash and subject are unique, so there is at most one.
 */
export async function insertSessionOfKnown(
  pool: Pick<pg.Pool, 'query'>,
  session: Omit<NewSession, 'userId' | 'kind'>,
  { known, device, state }: { known: Identification; device: Omit<KnownDevice, 'userId'>; state: string },
): Promise<string | undefined> {
  const { id, token, userAgent, at, expiresAt } = session;
  const opened = [id, sha256(token), device.kind, userAgent, at.toISOString(), expiresAt.toISOString()];
  const of = [known.hash, known.keyId, known.issuer, known.subject, known.name];
  const on = [device.program, device.system];
  const values = [...opened, ...of, sha256(state), ...on];
  const { rows } = await runPrepared<{ user_id: string }>(pool, openingOfKnown, values);
  return rows[0]?.user_id;
}

export interface LiveSession {
  id: string;
  lastSeenAt: Date;
  /** When it ends, however it is used. */
  expiresAt: Date;
  user: User;
}

/** A session is live when it has not expired at `now` and was last used after `idleSince` of its kind. */
export interface SessionLimits {
  now: Date;
  idleSince: Record<SessionKind, Date>;
}

/** Prepared, because every customer request runs this query. */
const finding = prepared(
  'find_session',
  `
    select sessions.id as session_id, last_seen_at, expires_at, users.id as user_id, name, kyc_status
    from sessions join users on users.id = sessions.user_id
    where token_hash = $1 and expires_at > $2 and users.closed_at is null
      and last_seen_at > case sessions.kind when 'app' then $3::timestamptz else $4::timestamptz end
  `,
);

/** The live session of `token` with its user. */
export async function findSession(
  pool: Pick<pg.Pool, 'query'>,
  token: string,
  { now, idleSince: { app, browser } }: SessionLimits,
): Promise<LiveSession | undefined> {
  const values = [sha256(token), ...[now, app, browser].map((time) => time.toISOString())];
  const { rows } = await runPrepared<SessionRow>(pool, finding, values);
  return rows[0] && toLiveSession(rows[0]);
}

/** Whether the session `id` is live. This check does not count as use. */
export async function isSessionLive(queries: Queries, id: string, limits: SessionLimits): Promise<boolean> {
  const row = await liveSessions(queries, limits).select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

export interface SessionOfUser {
  id: string;
  kind: SessionKind;
  userAgent: string | undefined;
  createdAt: Date;
  lastSeenAt: Date;
}

/** A user's live sessions, the most recently used first. */
export async function listSessions(
  queries: Queries,
  userId: string,
  limits: SessionLimits,
): Promise<SessionOfUser[]> {
  const rows = await liveSessions(queries, limits)
    .select(['id', 'kind', 'user_agent', 'created_at', 'last_seen_at'])
    .where('user_id', '=', userId)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id')
    .limit(listedMax)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    userAgent: row.user_agent ?? undefined,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
  }));
}

export async function touchSession(queries: Queries, id: string, at: Date): Promise<void> {
  await queries.updateTable('sessions').set({ last_seen_at: at }).where('id', '=', id).execute();
}

export async function deleteSession(
  queries: Queries,
  token: string,
): Promise<{ id: string; userId: string } | undefined> {
  return queries
    .deleteFrom('sessions')
    .where('token_hash', '=', sha256(token))
    .returning(['id', 'user_id as userId'])
    .executeTakeFirst();
}

/** Deletes a session of that user; false when there is none. */
export async function deleteSessionOfUser(
  queries: Queries,
  session: { id: string; userId: string },
): Promise<boolean> {
  const { numDeletedRows } = await queries
    .deleteFrom('sessions')
    .where('id', '=', session.id)
    .where('user_id', '=', session.userId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Deletes all sessions of a user except `keptId`, if given. */
export async function deleteSessionsOfUser(
  queries: Queries,
  sessions: { userId: string; keptId?: string | undefined },
): Promise<void> {
  const all = queries.deleteFrom('sessions').where('user_id', '=', sessions.userId);
  await (sessions.keptId === undefined ? all : all.where('id', '<>', sessions.keptId)).execute();
}

export async function purgeOldSessions(queries: Queries, before: Date): Promise<void> {
  await queries.deleteFrom('sessions').where('expires_at', '<', before).execute();
}

function liveSessions(queries: Queries, { now, idleSince: { app, browser } }: SessionLimits) {
  const idleSince = sql<Date>`case sessions.kind when 'app' then ${app}::timestamptz else ${browser}::timestamptz end`;
  return queries.selectFrom('sessions').where('expires_at', '>', now).where('last_seen_at', '>', idleSince);
}

interface SessionRow {
  session_id: string;
  last_seen_at: Date;
  expires_at: Date;
  user_id: string;
  name: string;
  kyc_status: KycStatus;
}

function toLiveSession(row: SessionRow): LiveSession {
  return {
    id: row.session_id,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    user: { id: row.user_id, name: row.name, kycStatus: row.kyc_status },
  };
}
