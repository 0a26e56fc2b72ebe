import type { KycStatus } from '#domain/kyc.ts';
import type { Queries } from './database.ts';
import { sha256 } from './hash.ts';
import type { User } from './users.ts';

export interface NewSession {
  id: string;
  token: string;
  userId: string;
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
      user_agent: session.userAgent ?? null,
      created_at: session.at,
      last_seen_at: session.at,
      expires_at: session.expiresAt,
    })
    .execute();
}

export interface LiveSession {
  id: string;
  lastSeenAt: Date;
  user: User;
}

/** The session of `token` with its user, unless it has expired or lain idle since before `idleSince`. */
export async function findSession(
  queries: Queries,
  token: string,
  limits: { now: Date; idleSince: Date },
): Promise<LiveSession | undefined> {
  const row = await queries
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select(['sessions.id as session_id', 'last_seen_at', 'users.id as user_id', 'name', 'kyc_status'])
    .where('token_hash', '=', sha256(token))
    .where('expires_at', '>', limits.now)
    .where('last_seen_at', '>', limits.idleSince)
    .executeTakeFirst();
  return row && toLiveSession(row);
}

export async function touchSession(queries: Queries, id: string, at: Date): Promise<void> {
  await queries.updateTable('sessions').set({ last_seen_at: at }).where('id', '=', id).execute();
}

export async function deleteSession(queries: Queries, token: string): Promise<void> {
  await queries.deleteFrom('sessions').where('token_hash', '=', sha256(token)).execute();
}

export async function forgetOldSessions(queries: Queries, before: Date): Promise<void> {
  await queries.deleteFrom('sessions').where('expires_at', '<', before).execute();
}

interface SessionRow {
  session_id: string;
  last_seen_at: Date;
  user_id: string;
  name: string;
  kyc_status: KycStatus;
}

function toLiveSession(row: SessionRow): LiveSession {
  return {
    id: row.session_id,
    lastSeenAt: row.last_seen_at,
    user: { id: row.user_id, name: row.name, kycStatus: row.kyc_status },
  };
}
