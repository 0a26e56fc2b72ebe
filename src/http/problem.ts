import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { HTTPException } from 'hono/http-exception';
import { DropError, type ErrorCode, type FieldFault } from '#domain/errors.ts';
import type { Locale } from '#domain/locale.ts';
import { unansweredBy } from '#domain/unanswered.ts';
import { databaseError, isUnstorableText } from '#store/database.ts';
import type { Problem } from './contract/problem.ts';
import { pageLookOf } from './page-look.ts';
import type { HttpContext, HttpDependencies } from './environment.ts';
import { fieldMessage } from './field-texts.ts';
import { problemTexts } from './problem-texts.ts';
import { loggedFaults, listedFaults } from './listed-faults.ts';
import { wantsPage } from './wants-page.ts';

const retryAfterSecondsDefault = 10;

/** Converts any thrown value to a `DropError`. An unexpected error becomes `internal_error`. */
export function toDropError(error: unknown): DropError {
  const known = databaseError(error);
  if (known instanceof DropError) return known;
  // The request is at fault. Such a text is normally refused before it reaches the database; this is the second
  // safeguard.
  if (isUnstorableText(error)) return new DropError('invalid_request', { cause: error });
  if (error instanceof HTTPException && error.status < 500) {
    return new DropError(error.status === 413 ? 'payload_too_large' : 'invalid_request', { cause: error });
  }
  return new DropError('internal_error', { cause: error });
}

/** The details of a request that its problem includes. */
export interface ProblemRequest {
  requestId: string;
  locale: Locale;
  method: string;
  /** The route pattern, without ids and codes. */
  route: string;
  /** The customer who is signed in, as far as the request was looked into. */
  userId?: string | undefined;
}

/** The details of the request of `c` that its problem includes. */
export function problemRequestOf(c: HttpContext): ProblemRequest {
  const { method, routePath: route } = c.req;
  const userId = c.get('session')?.user.id;
  return { requestId: c.get('requestId'), locale: c.get('locale'), method, route, userId };
}

/** The problem of `error` in the language of the request (RFC 9457). */
export function problemOf({ requestId, locale }: ProblemRequest, error: DropError): Problem {
  const { code, status } = error;
  const message = problemTexts[code][locale];
  const { fields } = error.details;
  return {
    type: `https://getdrop.no/problems/${code}`,
    title: code.replaceAll('_', ' '),
    status,
    code,
    message,
    requestId,
    ...(status === 503 || status === 429 ? { retryAfterSeconds: retryAfterSeconds(error) } : {}),
    ...(fields ? { fields: listedFaults(fields).map((fault) => shownFault(fault, locale)) } : {}),
  };
}

function shownFault(fault: FieldFault, locale: Locale): NonNullable<Problem['fields']>[number] {
  const { field, characters } = fault;
  return { field, message: fieldMessage(fault, locale), ...(characters ? { characters } : {}) };
}

function retryAfterSeconds(error: DropError): number {
  const { retryAfterMs } = error.details;
  return retryAfterMs === undefined ? retryAfterSecondsDefault : Math.max(1, Math.ceil(retryAfterMs / 1000));
}

/** Answers `error` as `application/problem+json`, and logs it. */
export function answerProblem(c: HttpContext, dependencies: HttpDependencies, thrown: unknown): Response {
  const error = toDropError(thrown);
  const request = problemRequestOf(c);
  reportProblem(request, dependencies, error);
  const problem = problemOf(request, error);
  return c.body(JSON.stringify(problem), error.status as ContentfulStatusCode, problemHeaders(problem));
}

/** Answers a failed navigation: browsers get the app's page with the error's status; other clients get JSON. */
export async function answerProblemPage(
  c: HttpContext,
  dependencies: HttpDependencies,
  thrown: unknown,
): Promise<Response> {
  if (!wantsPage(c)) return answerProblem(c, dependencies, thrown);
  const error = toDropError(thrown);
  const request = problemRequestOf(c);
  reportProblem(request, dependencies, error);
  const problem = problemOf(request, error);
  const page = await dependencies.webShell.page(pageLookOf(c, dependencies), problem);
  return c.html(page, error.status as ContentfulStatusCode, {
    'cache-control': 'no-store',
    ...retryHeader(problem),
  });
}

/** The headers of a problem. */
export function problemHeaders(problem: Problem): Record<string, string> {
  return {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...retryHeader(problem),
  };
}

function retryHeader(problem: Problem): Record<string, string> {
  return problem.retryAfterSeconds === undefined ? {} : { 'retry-after': `${problem.retryAfterSeconds}` };
}

/** The error for a request whose address is not a URL. */
export function unreadableAddress(cause?: Error): DropError {
  return new DropError('invalid_request', { message: 'the address of the request cannot be read', cause });
}

/** The dependencies for reporting problems. */
export interface ProblemDependencies extends Pick<HttpDependencies, 'onServerError'> {
  context: Pick<HttpDependencies['context'], 'log'>;
}

/**
 * Failures of one customer's consent, whose cause is usually that the customer did not finish it: their status is that
 * of a failed provider, but no failure of Drop.
 */
const ofOneCustomer: readonly ErrorCode[] = ['consent_failed'];

function isDropsFault({ code, status, details }: DropError): boolean {
  return status >= 500 && details.causedByCaller !== true && !ofOneCustomer.includes(code);
}

/** Logs a problem, and counts it if Drop or a provider is at fault. */
export function reportProblem(
  { requestId, method, route, userId }: ProblemRequest,
  { context, onServerError }: ProblemDependencies,
  error: DropError,
): void {
  const isOurs = isDropsFault(error);
  const { fields, ...details } = error.details;
  const { provider, bank } = details;
  const isUnanswered = unansweredBy(error) !== undefined;
  if (isOurs) onServerError({ code: error.code, provider, bank, isUnanswered, userId });
  context.log(isOurs ? 'error' : 'info', error.message, {
    code: error.code,
    requestId,
    method,
    route,
    ...details,
    ...(fields ? { fields: loggedFaults(fields) } : {}),
    ...(isOurs ? { error } : {}),
  });
}
