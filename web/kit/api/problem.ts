import type { Problem } from '#http/contract/problem.ts';

/** The server answered with a problem (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

/** No answer, or none that can be read: what became of the request is not known. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

export function problemOf(error: unknown): Problem | undefined {
  return error instanceof ApiProblem ? error.problem : undefined;
}

/**
 * Whether the server read the request and nothing will come of it. Of one that came too early (429) something may: the
 * same request can be sent again.
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

/** The problem that the server put into the page when a navigation failed there, or undefined. */
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
