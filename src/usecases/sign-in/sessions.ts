import { DropError } from '#domain/errors.ts';
import { browserIdleMs } from '#domain/session-length.ts';
import { announceChange } from '#store/changes.ts';
import {
  deleteSessionOfUser,
  deleteSessionsOfUser,
  findSession,
  isSessionLive,
  listSessions,
  touchSession,
  type LiveSession,
  type SessionLimits,
  type SessionOfUser,
} from '#store/sessions.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';

/** How long a session may lie idle. An app is locked with the device; a browser is not. */
const idleMs = { browser: browserIdleMs, app: 30 * 86_400_000 };
/** A session is written at most this often, however often it is used. */
const touchMs = 60_000;

function limitsAt(now: Date): SessionLimits {
  const before = (ms: number): Date => new Date(now.getTime() - ms);
  return { now, idleSince: { browser: before(idleMs.browser), app: before(idleMs.app) } };
}

/** The session whose `token` it is, which counts as use; undefined when it is unknown, expired or idle for too long. */
export async function sessionOf(context: UseCaseContext, token: string): Promise<LiveSession | undefined> {
  const now = context.clock.now();
  const session = await findSession(context.store.pool, token, limitsAt(now));
  if (!session) return undefined;
  if (now.getTime() - session.lastSeenAt.getTime() > touchMs) {
    await touchSession(context.store.database, session.id, now);
  }
  return session;
}

/** Whether the session may still be told something. Asking does not keep it from lying idle. */
export function sessionLives(context: UseCaseContext, sessionId: string): Promise<boolean> {
  return isSessionLive(context.store.database, sessionId, limitsAt(context.clock.now()));
}

/** Where `user` is signed in, the device used last first. */
export function listDevices(context: UseCaseContext, user: User): Promise<SessionOfUser[]> {
  return listSessions(context.store.database, user.id, limitsAt(context.clock.now()));
}

/**
 * Signs `user` out on one device.
 *
 * @throws {DropError} `not_found` when it is not, or no longer, a session of theirs.
 */
export async function endDevice(context: UseCaseContext, user: User, sessionId: string): Promise<void> {
  await context.store.database.transaction().execute(async (transaction) => {
    const ended = await deleteSessionOfUser(transaction, { id: sessionId, userId: user.id });
    if (!ended) throw new DropError('not_found', { message: 'no session of that customer has that id' });
    await announceChange(transaction, { userId: user.id, kind: 'session', id: sessionId });
  });
}

/** Signs `user` out everywhere, but for the session `keptId` when it is given. */
export async function endAllDevices(
  context: UseCaseContext,
  user: User,
  { keptId }: { keptId?: string } = {},
): Promise<void> {
  await context.store.database.transaction().execute(async (transaction) => {
    await deleteSessionsOfUser(transaction, { userId: user.id, keptId });
    await announceChange(transaction, { userId: user.id, kind: 'session', id: user.id });
  });
}
