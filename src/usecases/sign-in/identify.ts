import { isAdult } from '#domain/identity/age.ts';
import { DropError } from '#domain/errors.ts';
import { parseNationalIdentityNumber } from '#domain/identity/national-identity-number.ts';
import type { Locale } from '#domain/locale.ts';
import type { SignInTransaction, VerifiedIdentity } from '#services/bankid/service.ts';
import { keepFirstLocale } from '#store/mail-settings.ts';
import { concerns } from '#outbound/inherited-ids.ts';
import { insertSession, insertSessionOfKnown, type NewSession } from '#store/sessions.ts';
import { endSignIn } from '#store/sign-in-transactions.ts';
import type { UseCaseContext } from '../context.ts';
import { identificationOf, userOf } from './match-user.ts';
import { deviceColumns, noteDeviceOf } from './note-device.ts';

/** What the sign-in of a browser and that of an app have in common. */

/** For how long a person may stay at BankID. */
export const signInMs = 10 * 60_000;

const userAgentLengthMax = 300;

export function stateMismatch(message: string): DropError {
  return new DropError('sign_in_state_mismatch', { message });
}

/**
 * The one state that a callback names.
 *
 * @throws {DropError} `sign_in_state_mismatch` when there is none, or more than one.
 */
export function stateOf(parameters: URLSearchParams): string {
  const [state, ...others] = parameters.getAll('state');
  if (state === undefined || others.length > 0)
    throw stateMismatch('the callback names no state, or several');
  return state;
}

/**
 * Verifies what BankID says in the callback of `transaction`, which must have been taken out for that one use.
 *
 * @throws {DropError} every `sign_in_…` code but `sign_in_identity_conflict`.
 */
export async function verifyPerson(
  context: UseCaseContext,
  parameters: URLSearchParams,
  transaction: SignInTransaction,
): Promise<VerifiedIdentity> {
  const at = context.clock.now();
  const identity = await context.services.bankId.completeSignIn(parameters, transaction);
  assertAdult(context, identity, at);
  return identity;
}

/** The verified claim counts before the number; a number that leaves the date in doubt opens nothing. */
function assertAdult(context: UseCaseContext, identity: VerifiedIdentity, at: Date): void {
  const parsed = parseNationalIdentityNumber(identity.nationalIdentityNumber.reveal());
  const fromNumber = parsed.ok && parsed.number.birthDateCertain ? parsed.number.birthDate : undefined;
  const birthdate = identity.birthdate ?? fromNumber;
  if (birthdate === undefined) {
    const expected = 'a birthdate claim, or a number with a certain date of birth';
    context.log('warn', 'a verified identity is refused', { expected, received: 'neither' });
    throw new DropError('sign_in_token_invalid', {
      message: 'neither claim nor number gives a certain date of birth',
    });
  }
  if (!isAdult(birthdate, at))
    throw new DropError('sign_in_under_age', { message: 'the person is under 18' });
}

export interface SessionToOpen {
  kind: 'browser' | 'app';
  userAgent: string | undefined;
  expiresAt: Date;
}

/** A session that was opened just now. The database holds a hash of its token only. */
export type OpenedSession = Pick<NewSession, 'id' | 'token'>;

/** Opens a session that ends at `expiresAt` at the latest; returns its token, which is kept as a hash only. */
export async function openSession(
  context: UseCaseContext,
  session: SessionToOpen & { userId: string },
): Promise<string> {
  const opened = { ...newSession(context, session), userId: session.userId };
  await context.store.database.transaction().execute(async (transaction) => {
    await insertSession(transaction, opened);
    await noteDeviceOf(context, transaction, opened);
  });
  return noteSignIn(context, opened).token;
}

/**
 * Finds or makes the user of `identity`, opens a session of theirs and ends the sign-in of `state`. `locale` becomes
 * the user's language unless one is known.
 *
 * @throws {DropError} `sign_in_identity_conflict`.
 */
export async function openSessionOf(
  context: UseCaseContext,
  { identity, state, locale }: { identity: VerifiedIdentity; state: string; locale: Locale },
  session: SessionToOpen,
): Promise<OpenedSession> {
  const opened = newSession(context, session);
  const { database, pool } = context.store;
  // Most people come back as they were: one question to the database instead of several.
  const known = identificationOf(context, identity);
  const device = deviceColumns(opened);
  const knownUserId = await insertSessionOfKnown(pool, opened, { known, device, state });
  if (knownUserId !== undefined) return noteSignIn(context, { ...opened, userId: knownUserId });
  const ofUser = { ...opened, userId: await userOf(context, identity) };
  await database.transaction().execute(async (transaction) => {
    await keepFirstLocale(transaction, ofUser.userId, locale);
    await insertSession(transaction, ofUser);
    await noteDeviceOf(context, transaction, ofUser);
    await endSignIn(transaction, state, opened.at);
  });
  return noteSignIn(context, ofUser);
}

/** Writes the line of a sign-in, once it is committed, and marks the rest of the request with its customer. */
function noteSignIn({ log }: UseCaseContext, opened: NewSession): OpenedSession {
  const { userId, kind } = opened;
  concerns({ userId: userId });
  log('info', 'a customer signed in', { userId, kind });
  return opened;
}

function newSession({ clock, entropy }: UseCaseContext, session: SessionToOpen): Omit<NewSession, 'userId'> {
  const { kind, expiresAt } = session;
  const userAgent = session.userAgent?.slice(0, userAgentLengthMax);
  const [id, token] = [entropy.uuid(), entropy.token()];
  return { id, token, kind, userAgent, at: clock.now(), expiresAt };
}
