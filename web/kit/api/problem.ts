import type { Locale } from '#domain/locale.ts';
import type { Problem } from '#http/contract/problem.ts';

/** A problem that the server answered with (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly problem: Problem;
  /** The language of the problem's message. */
  readonly locale: Locale;

  constructor(problem: Problem, locale: Locale) {
    super(problem.code);
    this.problem = problem;
    this.locale = locale;
  }
}

/** No answer, or an unreadable one: the outcome of the request is unknown. */
export class Unreachable extends Error {
  override readonly name: string = 'Unreachable';
}

/** Something could not be read. That changes nothing, wherever the request got to. */
export class Unread extends Unreachable {
  /** Whether the browser had no network. */
  readonly isOffline: boolean;

  constructor(message: string, { isOffline, cause }: { isOffline: boolean; cause: unknown }) {
    super(message, { cause });
    this.isOffline = isOffline;
  }
}

/** The browser has no network, so the request was not sent. */
export class Offline extends Unreachable {}

export function problemOf(error: unknown): Problem | undefined {
  return error instanceof ApiProblem ? error.problem : undefined;
}

/**
 * Whether the server has refused the request for good. After a 429 the same request can be sent again, so that is not
 * such a refusal.
 */
export function isRefusal(error: unknown): boolean {
  const status = problemOf(error)?.status;
  return status !== undefined && status >= 400 && status < 500 && status !== 429;
}

export function isProblem(value: unknown): value is Problem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    'requestId' in value &&
    typeof value.code === 'string' &&
    typeof value.requestId === 'string'
  );
}
