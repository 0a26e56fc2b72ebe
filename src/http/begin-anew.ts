import type { DropError } from '#domain/errors.ts';
import { clearCookie, readCookie, writeCookie } from './cookies.ts';
import type { HttpContext, HttpDependencies } from './environment.ts';
import { answerProblemPage, problemRequestOf, reportProblem } from './problem.ts';

/** How often a browser is sent back to BankID by itself: an issuer that always says so must not send it in circles. */
const renewalsMax = 3;
const renewalsSeconds = 600;

/**
 * Sends a person whose attempt BankID calls too old to `start`, where the next one begins, as often as `renewalsMax`
 * until they get in or ten minutes pass; after that, and to who asks for JSON, it tells the problem.
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

/** Clears the count after a sign-in that succeeded, so that a later one may be begun anew again. */
export function clearRenewals(c: HttpContext, dependencies: HttpDependencies): void {
  if (readCookie(c, dependencies, 'sign-in-renewals') !== undefined)
    clearCookie(c, dependencies, 'sign-in-renewals');
}

function renewalsOf(c: HttpContext, dependencies: HttpDependencies): number {
  const value = readCookie(c, dependencies, 'sign-in-renewals') ?? '';
  return /^\d$/.test(value) ? Number(value) : 0;
}
