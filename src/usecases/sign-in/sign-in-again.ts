import { isDropError, type DropError } from '#domain/errors.ts';
import type { Locale } from '#domain/locale.ts';
import { findPastSignIn, type PastSignIn } from '#store/sign-in-transactions.ts';
import type { UseCaseContext } from '../context.ts';
import { stateMismatch, verifyPerson } from './identify.ts';
import { isToken } from './token.ts';
import { sessionOf } from './sessions.ts';

/** A browser's return from BankID, with the tokens that the browser holds. */
export interface BrowserCallback {
  parameters: URLSearchParams;
  /** Of its sign-ins. */
  browserToken: string | undefined;
  /** Of the session that it has, if it has one. */
  sessionToken?: string | undefined;
  userAgent: string | undefined;
  /** The language of the browser's pages. */
  locale: Locale;
}

/** The callback opens nothing, and the person goes on from there. */
export type LedOn =
  /** It came before: on to the page that the sign-in leads to, with the session that the browser has or is given. */
  | { kind: 'came_again'; returnTo: string }
  /** BankID calls the attempt too old: `error` is for who cannot begin anew at once. */
  | { kind: 'expired'; returnTo: string; error: DropError };

/** The longest that a sign-in waits for BankID and the database after its callback was accepted. */
const underWayMsMax = 60_000;

/**
 * Answers a callback that came `at`, and for which no sign-in of this browser waits: it came before (a double click, a
 * reload, the back button), it comes too late, or it is forged. Nothing is opened, no code is sent, and no
 * session takes the place of another.
 *
 * @throws {DropError} `sign_in_state_mismatch`; for an answer without a code, what BankID's error stands for.
 */
export async function answerAgain(
  context: UseCaseContext,
  { state, at }: { state: string; at: Date },
  callback: BrowserCallback,
): Promise<LedOn> {
  const { parameters, browserToken, sessionToken } = callback;
  const past = await findPastSignIn(context.store.database, state, browserToken);
  const own = past?.isOwn ? past : undefined;
  // The target page of another browser's sign-in is not disclosed.
  const returnTo = own?.returnTo ?? '/';
  const cameAgain = { kind: 'came_again', returnTo } as const;
  // A state that does not have the form of Drop's tokens was never a sign-in, however long ago.
  if (isToken(state) && (await isSignedIn(context, sessionToken))) return cameAgain;
  if (past && (past.isOwn || past.expiresAt <= at) && bringsErrorAlone(parameters))
    return judgeLate(context, parameters, { ...past, returnTo });
  if (own && wasUnderWay(own, at)) return cameAgain;
  throw stateMismatch('no sign-in of this browser waits for that state');
}

/** @throws `error` itself, unless it is that BankID calls the attempt too old. */
export function ledOnFrom(error: unknown, returnTo: string): LedOn {
  if (isDropError(error, 'sign_in_expired')) return { kind: 'expired', returnTo, error };
  throw error;
}

async function isSignedIn(context: UseCaseContext, sessionToken: string | undefined): Promise<boolean> {
  return sessionToken !== undefined && (await sessionOf(context, sessionToken)) !== undefined;
}

/** Of two of the same callback at once the second is not too late: the browser is yet to be given its session. */
function wasUnderWay({ takenAt, endedAt }: PastSignIn, at: Date): boolean {
  if (takenAt === undefined || at.getTime() - takenAt.getTime() >= underWayMsMax) return false;
  return endedAt === undefined || endedAt > at;
}

function bringsErrorAlone(parameters: URLSearchParams): boolean {
  return Boolean(parameters.get('error')) && !parameters.has('code');
}

/** An answer without a code opens nothing: it may come again, or from a tab that was left lying, and means the same. */
async function judgeLate(
  context: UseCaseContext,
  parameters: URLSearchParams,
  past: PastSignIn,
): Promise<LedOn> {
  try {
    await verifyPerson(context, parameters, past);
  } catch (error) {
    return ledOnFrom(error, past.returnTo);
  }
  throw stateMismatch('an error of BankID was taken for an identity');
}
