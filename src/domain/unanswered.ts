import { DropError, isDropError } from './errors.ts';

/** Whose failure an error is, where it is the failure of a provider, or of a bank at one. */
export interface Unanswered {
  provider: string;
  bank?: string | undefined;
}

/**
 * The party that did not answer, or answered that it is down; undefined for every other error. An answer that Drop
 * cannot read, a refusal and a bug of Drop's are never such a failure, also while the provider is down.
 */
export function unansweredBy(error: unknown): Unanswered | undefined {
  if (!isDropError(error)) return undefined;
  const { provider, bank, httpStatus } = error.details;
  if (provider === undefined) return undefined;
  const isDown = httpStatus === undefined ? hasNoAnswer(error) : httpStatus >= 500;
  return isDown ? { provider, ...(bank !== undefined && { bank }) } : undefined;
}

/** The error of a service has that of its call as its cause. */
function hasNoAnswer(error: unknown): boolean {
  const isUnanswered = isDropError(error, 'provider_unavailable', 'provider_timeout');
  return isUnanswered || (error instanceof DropError && hasNoAnswer(error.cause));
}
