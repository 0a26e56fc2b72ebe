import type { Problem } from '#http/contract/problem.ts';

/** A problem that the server answered with (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

/** No answer, or an unreadable one: the outcome of the request is unknown. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

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

/** The problem that the server embedded in the page after a failed navigation, or undefined. */
export function problemInPage(page: Document): Problem | undefined {
  const text = page.getElementById('drop-problem')?.textContent;
  if (!text) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isProblem(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
