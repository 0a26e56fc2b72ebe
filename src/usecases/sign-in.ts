import { randomBytes, randomUUID } from 'node:crypto';
import { isAdult } from '#domain/age.ts';
import { assert, DropError } from '#domain/errors.ts';
import type { Locale } from '#domain/locale.ts';
import { parseNationalIdentityNumber } from '#domain/national-identity-number.ts';
import type { VerifiedIdentity } from '#services/bankid/service.ts';
import { deleteSession, insertSession } from '#store/sessions.ts';
import { keepSignIn, takeSignIn } from '#store/sign-in-transactions.ts';
import { upsertUser, rekeyUser, type User } from '#store/users.ts';
import type { UseCaseContext } from './context.ts';
import { sessionOf } from './sessions.ts';

const signInMs = 10 * 60_000;
export const sessionMs = 12 * 3_600_000;

/** A new opaque token of 256 bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

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
  const binding = { browserToken: request.browserToken, at, expiresAt: new Date(at.getTime() + signInMs) };
  await keepSignIn(context.store.database, { ...transaction, returnTo: request.returnTo }, binding);
  return authorizeUrl;
}

export interface SignedIn {
  sessionToken: string;
  returnTo: string;
}

/**
 * Ends a sign-in: verifies what BankID says, finds or makes the user, opens a session.
 *
 * @throws {DropError} every `sign_in_…` code.
 */
export async function completeSignIn(
  context: UseCaseContext,
  callback: { parameters: URLSearchParams; browserToken: string | undefined; userAgent: string | undefined },
): Promise<SignedIn> {
  const { bankId } = context.services;
  const at = context.clock.now();
  const states = callback.parameters.getAll('state');
  const [state] = states;
  if (state === undefined || states.length !== 1 || callback.browserToken === undefined)
    throw stateMismatch();
  const kept = await takeSignIn(context.store.database, state, { browserToken: callback.browserToken, at });
  if (!kept) throw stateMismatch();
  const identity = await bankId.completeSignIn(callback.parameters, kept);
  assertAdult(identity, at);
  const user = await userOf(context, identity, at);
  const sessionToken = await openSession(context, { user, userAgent: callback.userAgent, at });
  return { sessionToken, returnTo: kept.returnTo };
}

function stateMismatch(): DropError {
  return new DropError('sign_in_state_mismatch', {
    message: 'no sign-in of this browser waits for that state',
  });
}

/** The verified claim counts before the number; a number that leaves the date in doubt opens nothing. */
function assertAdult(identity: VerifiedIdentity, at: Date): void {
  const parsed = parseNationalIdentityNumber(identity.nationalIdentityNumber.reveal());
  const fromNumber = parsed.ok && parsed.number.birthDateCertain ? parsed.number.birthDate : undefined;
  const birthdate = identity.birthdate ?? fromNumber;
  if (birthdate === undefined) {
    throw new DropError('sign_in_token_invalid', {
      message: 'neither claim nor number gives a certain date of birth',
    });
  }
  if (!isAdult(birthdate, at))
    throw new DropError('sign_in_under_age', { message: 'the person is under 18' });
}

async function userOf(context: UseCaseContext, identity: VerifiedIdentity, at: Date): Promise<User> {
  const [current, ...former] = context.nationalIdentityHasher.candidates(identity.nationalIdentityNumber);
  assert(current, 'there is a current hash');
  return context.store.database.transaction().execute(async (transaction) => {
    await rekeyUser(
      transaction,
      former.map(({ hash }) => hash),
      current,
    );
    return upsertUser(transaction, {
      id: randomUUID(),
      nationalIdHash: current.hash,
      nationalIdHashKeyId: current.keyId,
      issuer: identity.issuer,
      subject: identity.subject,
      name: identity.name,
      at,
    });
  });
}

async function openSession(
  context: UseCaseContext,
  session: { user: User; userAgent: string | undefined; at: Date },
): Promise<string> {
  const token = newToken();
  await insertSession(context.store.database, {
    id: randomUUID(),
    token,
    userId: session.user.id,
    userAgent: session.userAgent?.slice(0, 300),
    at: session.at,
    expiresAt: new Date(session.at.getTime() + sessionMs),
  });
  return token;
}

/** The user whose session `token` is, or undefined when it is unknown, expired or idle for too long. */
export async function userOfSession(context: UseCaseContext, token: string): Promise<User | undefined> {
  return (await sessionOf(context, token))?.user;
}

export async function signOut(context: UseCaseContext, token: string): Promise<void> {
  await deleteSession(context.store.database, token);
}
