import { Offline, problemOf, Unread, Unreachable } from '#kit/api/problem.ts';

/** What a customer quotes to customer service. */
export interface ProblemReference {
  code: string;
  /** Of the request that failed, where it got an answer. */
  requestId?: string;
}

/** The reference of a failure. None of a missing network, with which nobody at Drop can help. */
export function referenceOf(error: unknown): ProblemReference | undefined {
  const problem = problemOf(error);
  if (problem) return { code: problem.code, requestId: problem.requestId };
  if (error instanceof Offline || (error instanceof Unread && error.isOffline)) return undefined;
  return { code: error instanceof Unreachable ? 'no_answer' : 'app_failed' };
}
