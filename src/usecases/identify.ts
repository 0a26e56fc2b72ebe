import { randomUUID } from 'node:crypto';
import { isAdult } from '#domain/age.ts';
import { DropError } from '#domain/errors.ts';
import { parseNationalIdentityNumber } from '#domain/national-identity-number.ts';
import type { SignInTransaction, VerifiedIdentity } from '#services/bankid/service.ts';
import { insertSession } from '#store/sessions.ts';
import type { UseCaseContext } from './context.ts';
import { newToken } from './new-token.ts';
import { userOf } from './recognise.ts';

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
 * Verifies what BankID says in the callback of `transaction`, which must have been taken out for that one use; finds or
 * makes the user and returns their id.
 *
 * @throws {DropError} every `sign_in_…` code.
 */
export async function identify(
  context: UseCaseContext,
  parameters: URLSearchParams,
  transaction: SignInTransaction,
): Promise<string> {
  const at = context.clock.now();
  const identity = await context.services.bankId.completeSignIn(parameters, transaction);
  assertAdult(identity, at);
  return userOf(context, identity);
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

/** Opens a session that ends at `expiresAt` at the latest; returns its token, which is kept as a hash only. */
export async function openSession(
  context: UseCaseContext,
  session: { userId: string; kind: 'browser' | 'app'; userAgent: string | undefined; expiresAt: Date },
): Promise<string> {
  const token = newToken();
  await insertSession(context.store.database, {
    id: randomUUID(),
    token,
    userId: session.userId,
    kind: session.kind,
    userAgent: session.userAgent?.slice(0, userAgentLengthMax),
    at: context.clock.now(),
    expiresAt: session.expiresAt,
  });
  return token;
}
