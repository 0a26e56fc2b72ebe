import type { DropError } from '#domain/errors.ts';
import { clearCookie, readCookie, writeCookie } from './cookies.ts';
import type { HttpContext, HttpDependencies } from './environment.ts';
import { answerProblemPage, problemRequestOf, reportProblem } from './problem.ts';

/**
 * How many times a browser is sent back to BankID automatically. The limit prevents a redirect loop if the issuer
 * always reports an expired attempt.
 */
const renewalsMax = 3;
const renewalsSeconds = 600;

/**
 * Restarts a sign-in that BankID reports as expired: redirects to `start`, at most `renewalsMax` times until a sign-in
 * succeeds or ten minutes pass. After that, and for clients that ask for JSON, it answers with the problem.
 */
export async function beginAnew(
  c: HttpContext,
  dependencies: HttpDependencies,
  { start, error, isProgram }: { start: string; error: DropError; isProgram: boolean },
): Promise<Response> {
  const renewals = renewalsOf(c, dependencies);
  if (isProgram || renewals >= renewalsMax) return answerProblemPage(c, dependencies, error);
  reportProblem(problemRequestOf(c), dependencies, error);
  const value = `${renewals + 1}`;
  writeCookie(c, dependencies, { name: 'sign-in-renewals', value, maxAgeSeconds: renewalsSeconds });
  return c.redirect(start, 302);
}

/** Clears the count after a successful sign-in, so that a later one can be restarted again. */
export function clearRenewals(c: HttpContext, dependencies: HttpDependencies): void {
  if (readCookie(c, dependencies, 'sign-in-renewals') !== undefined)
    clearCookie(c, dependencies, 'sign-in-renewals');
}

function renewalsOf(c: HttpContext, dependencies: HttpDependencies): number {
  const value = readCookie(c, dependencies, 'sign-in-renewals') ?? '';
  return /^\d$/.test(value) ? Number(value) : 0;
}
