import { createHash, timingSafeEqual } from 'node:crypto';
import type { Locale } from '#domain/locale.ts';
import { keepFirstLocale } from '#store/mail-settings.ts';
import { insertTicket, findTicketChallenge, takeTicket } from '#store/sign-in-tickets.ts';
import { findAppSignIn, keepSignIn, takeAppSignIn } from '#store/sign-in-transactions.ts';
import type { UseCaseContext } from '../context.ts';
import { openSession, signInMs, stateMismatch, stateOf, verifyPerson } from './identify.ts';
import { userOf } from './match-user.ts';

/**
 * Sign-in from the mobile app. Whatever comes back over the app's URL scheme may be read by another app on the device;
 * it is of use only together with the verifier that the app made for this sign-in and that never leaves it but in a
 * request to Drop (as RFC 7636 does for the code).
 */

/** Where BankID sends the person when Drop's own server is to receive the code. */
export const mobileReturnPath = '/api/auth/bankid/mobile/return';

/** How long an app stays signed in at most; how long it may lie idle stands with the sessions. */
const appSessionMs = 90 * 86_400_000;
const ticketMs = 60_000;

/**
 * Begins a sign-in for the app whose verifier `appChallenge` is made of (S256).
 *
 * @throws {DropError} `sign_in_unavailable`.
 */
export async function startMobileSignIn(
  context: UseCaseContext,
  request: { appChallenge: string; locale: Locale },
): Promise<{ authorizeUrl: string; state: string }> {
  const { authorizeUrl, transaction } = await context.services.bankId.startSignIn({
    redirectUri: context.bankIdCallbackUrlMobile,
    locale: request.locale,
  });
  const at = context.clock.now();
  const owner = { appChallenge: request.appChallenge };
  const binding = { owner, at, expiresAt: new Date(at.getTime() + signInMs) };
  await keepSignIn(context.store.database, { ...transaction, returnTo: '/' }, binding);
  return { authorizeUrl, state: transaction.state };
}

/** What goes on to the app: the ticket, or why there is none. */
export type MobileReturn = { state: string; ticket: string } | { state: string; error: unknown };

/**
 * Receives a person whom BankID sent back to Drop's server: verifies all that a browser's sign-in verifies and makes a
 * ticket for the app. What goes wrong once the sign-in is known is the app's to hear.
 *
 * @throws {DropError} `sign_in_state_mismatch` when no app's sign-in waits for that state here.
 */
export async function returnToApp(
  context: UseCaseContext,
  parameters: URLSearchParams,
): Promise<MobileReturn> {
  const { database } = context.store;
  const at = context.clock.now();
  const state = stateOf(parameters);
  const waiting = await findAppSignIn(database, state, at);
  if (!waiting || !endsAtServer(waiting.redirectUri)) throw unknownState();
  const kept = await takeAppSignIn(database, state, at);
  if (!kept) throw unknownState();
  try {
    const userId = await userOf(context, await verifyPerson(context, parameters, kept));
    const ticket = context.entropy.token();
    const issuedAt = context.clock.now();
    const expiresAt = new Date(issuedAt.getTime() + ticketMs);
    const { appChallenge } = waiting;
    await insertTicket(database, { ticket, appChallenge, userId, at: issuedAt, expiresAt });
    return { state, ticket };
  } catch (error) {
    return { state, error };
  }
}

export interface AppSession {
  /** Opaque; sent as `Authorization: Bearer`. */
  token: string;
  expiresAt: Date;
}

interface FromApp {
  appVerifier: string;
  userAgent: string | undefined;
  locale: Locale;
}

/**
 * Opens the app's session for the ticket that `returnToApp` made. A wrong verifier does not use the ticket up: whoever
 * only read it must not be able to spoil it.
 *
 * @throws {DropError} `sign_in_state_mismatch` when the ticket is unknown, used, too old or another app's.
 */
export async function redeemTicket(
  context: UseCaseContext,
  request: FromApp & { ticket: string },
): Promise<AppSession> {
  const { database } = context.store;
  const at = context.clock.now();
  const challenge = await findTicketChallenge(database, request.ticket, at);
  if (challenge === undefined || !isVerifierOf(challenge, request.appVerifier)) throw unknownTicket();
  const userId = await takeTicket(database, request.ticket, at);
  if (userId === undefined) throw unknownTicket();
  return openAppSession(context, userId, request);
}

/**
 * Opens the app's session for what BankID sent to the app itself. The verifier is judged before the code goes anywhere,
 * and a wrong one does not use the sign-in up.
 *
 * @throws {DropError} every `sign_in_…` code.
 */
export async function redeemCode(
  context: UseCaseContext,
  request: FromApp & { parameters: URLSearchParams },
): Promise<AppSession> {
  const { database } = context.store;
  const at = context.clock.now();
  const state = stateOf(request.parameters);
  const waiting = await findAppSignIn(database, state, at);
  if (!waiting || endsAtServer(waiting.redirectUri)) throw unknownState();
  if (!isVerifierOf(waiting.appChallenge, request.appVerifier)) throw unknownState();
  const kept = await takeAppSignIn(database, state, at);
  if (!kept) throw unknownState();
  const userId = await userOf(context, await verifyPerson(context, request.parameters, kept));
  return openAppSession(context, userId, request);
}

async function openAppSession(
  context: UseCaseContext,
  userId: string,
  { userAgent, locale }: Omit<FromApp, 'appVerifier'>,
): Promise<AppSession> {
  await keepFirstLocale(context.store.database, userId, locale);
  const expiresAt = new Date(context.clock.now().getTime() + appSessionMs);
  const token = await openSession(context, { userId, kind: 'app', userAgent, expiresAt });
  return { token, expiresAt };
}

/** RFC 7636, 4.6, in constant time. */
function isVerifierOf(challenge: string, verifier: string): boolean {
  const made = createHash('sha256').update(verifier).digest();
  const wanted = Buffer.from(challenge, 'base64url');
  return wanted.byteLength === made.byteLength && timingSafeEqual(wanted, made);
}

/** Whether the code comes to Drop's server and not to the app. */
function endsAtServer(redirectUri: string): boolean {
  const { protocol, pathname } = new URL(redirectUri);
  return /^https?:$/.test(protocol) && pathname.endsWith(mobileReturnPath);
}

function unknownState(): ReturnType<typeof stateMismatch> {
  return stateMismatch('no sign-in of this app waits for that state');
}

function unknownTicket(): ReturnType<typeof stateMismatch> {
  return stateMismatch('the ticket is unknown, used, too old or another app’s');
}
