import type { Locale } from '#domain/locale.ts';
import { announceChange } from '#store/changes.ts';
import { deleteSession } from '#store/sessions.ts';
import { endSignIn, keepSignIn, takeSignIn, type KeptSignIn } from '#store/sign-in-transactions.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { identityNeeds, sealedNumber } from './customer-identity.ts';
import { openSessionOf, signInMs, stateOf, verifyPerson } from './identify.ts';
import { sessionOf } from './sessions.ts';
import { answerAgain, ledOnFrom, type BrowserCallback, type LedOn } from './sign-in-again.ts';

/** How long a browser stays signed in at most. */
export const sessionMs = 12 * 3_600_000;

/** Begins a sign-in for the browser that holds `browserToken`; returns where to send it. */
export async function startSignIn(
  context: UseCaseContext,
  request: { browserToken: string; returnTo: string; locale: Locale },
): Promise<string> {
  const { authorizeUrl, transaction } = await context.services.bankId.startSignIn({
    redirectUri: context.bankIdCallbackUrl,
    locale: request.locale,
  });
  const at = context.clock.now();
  const owner = { browserToken: request.browserToken };
  const binding = { owner, at, expiresAt: new Date(at.getTime() + signInMs) };
  await keepSignIn(context.store.database, { ...transaction, returnTo: request.returnTo }, binding);
  return authorizeUrl;
}

export interface SignedIn {
  kind: 'signed_in';
  sessionToken: string;
  /** The national identity number for the browser to keep, sealed; undefined unless a live provider needs it. */
  sealedNumber: string | undefined;
  returnTo: string;
}

/**
 * Ends a browser's sign-in: verifies what BankID says, finds or makes the user, opens a session. A repeated callback is
 * led on, and opens no session.
 *
 * @throws {DropError} every `sign_in_…` code but `sign_in_expired`.
 */
export async function completeSignIn(
  context: UseCaseContext,
  callback: BrowserCallback,
): Promise<SignedIn | LedOn> {
  const { parameters, browserToken } = callback;
  const at = context.clock.now();
  const state = stateOf(parameters);
  const kept =
    browserToken === undefined
      ? undefined
      : await takeSignIn(context.store.pool, state, { browserToken, at });
  return kept ? end(context, kept, callback) : answerAgain(context, { state, at }, callback);
}

async function end(
  context: UseCaseContext,
  kept: KeptSignIn,
  { parameters, userAgent, locale }: BrowserCallback,
): Promise<SignedIn | LedOn> {
  const { state, returnTo } = kept;
  const at = context.clock.now();
  try {
    const identity = await verifyPerson(context, parameters, kept);
    const expiresAt = new Date(at.getTime() + sessionMs);
    const session = { kind: 'browser', userAgent, expiresAt } as const;
    const { id: sessionId, token } = await openSessionOf(context, { identity, state, locale }, session);
    const needs = identityNeeds(context.services.openBanking.all());
    const number = sealedNumber(context, needs, { sessionId, number: identity.nationalIdentityNumber });
    return { kind: 'signed_in', sessionToken: token, sealedNumber: number, returnTo };
  } catch (error) {
    // The first error is the one to report; a sign-in that is not marked as ended expires by itself soon.
    await endSignIn(context.store.database, state, context.clock.now()).catch(() => undefined);
    return ledOnFrom(error, returnTo);
  }
}

/** The user whose session `token` is, or undefined when it is unknown, expired or idle for too long. */
export async function userOfSession(context: UseCaseContext, token: string): Promise<User | undefined> {
  return (await sessionOf(context, token))?.user;
}

/** Ends a session, and tells its open streams. */
export async function signOut(context: UseCaseContext, token: string): Promise<void> {
  await context.store.database.transaction().execute(async (transaction) => {
    const ended = await deleteSession(transaction, token);
    if (ended) await announceChange(transaction, { userId: ended.userId, kind: 'session', id: ended.id });
  });
}
