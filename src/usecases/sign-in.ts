import type { Locale } from '#domain/locale.ts';
import { deleteSession } from '#store/sessions.ts';
import { keepSignIn, takeSignIn } from '#store/sign-in-transactions.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from './context.ts';
import { openSessionOf, signInMs, stateMismatch, stateOf, verifyPerson } from './identify.ts';
import { sessionOf } from './sessions.ts';

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
  sessionToken: string;
  returnTo: string;
}

/**
 * Ends a browser's sign-in: verifies what BankID says, finds or makes the user, opens a session.
 *
 * @throws {DropError} every `sign_in_…` code.
 */
export async function completeSignIn(
  context: UseCaseContext,
  callback: { parameters: URLSearchParams; browserToken: string | undefined; userAgent: string | undefined },
): Promise<SignedIn> {
  const { parameters, browserToken, userAgent } = callback;
  const at = context.clock.now();
  const state = stateOf(parameters);
  const kept =
    browserToken === undefined
      ? undefined
      : await takeSignIn(context.store.pool, state, { browserToken, at });
  if (!kept) throw stateMismatch('no sign-in of this browser waits for that state');
  const identity = await verifyPerson(context, parameters, kept);
  const expiresAt = new Date(at.getTime() + sessionMs);
  const sessionToken = await openSessionOf(context, identity, { kind: 'browser', userAgent, expiresAt });
  return { sessionToken, returnTo: kept.returnTo };
}

/** The user whose session `token` is, or undefined when it is unknown, expired or idle for too long. */
export async function userOfSession(context: UseCaseContext, token: string): Promise<User | undefined> {
  return (await sessionOf(context, token))?.user;
}

export async function signOut(context: UseCaseContext, token: string): Promise<void> {
  await deleteSession(context.store.database, token);
}
