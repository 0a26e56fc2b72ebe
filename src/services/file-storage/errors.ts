import { DropError, isDropError, type ErrorCode, type Outcome } from '#domain/errors.ts';

/** S3's codes that say more than their status. Source: Amazon S3 API Reference, "Error responses". */
const codes: Readonly<Record<string, readonly [ErrorCode, Outcome]>> = {
  AccessDenied: ['provider_rejected_credentials', 'refused'],
  AuthorizationHeaderMalformed: ['provider_rejected_credentials', 'refused'],
  ExpiredToken: ['provider_rejected_credentials', 'refused'],
  InvalidAccessKeyId: ['provider_rejected_credentials', 'refused'],
  NoSuchBucket: ['provider_refused', 'refused'],
  RequestTimeTooSkewed: ['provider_rejected_credentials', 'refused'],
  SignatureDoesNotMatch: ['provider_rejected_credentials', 'refused'],
  SlowDown: ['provider_rate_limited', 'refused'],
};

/** The SDK's name of an error whose body has no code of S3's, such as the page of a proxy. */
const uncoded = new Set([
  'Error',
  'NotFound',
  'SyntaxError',
  'TypeError',
  'Unknown',
  'UnknownError',
  'unknown',
]);

interface S3Failure {
  provider: string;
  operation: string;
}

/** The error for callers. Those of the guard pass as they are; a text of S3's is not kept, as it may quote a key. */
export function errorOf(error: unknown, { provider, operation }: S3Failure): DropError {
  if (isDropError(error)) return error;
  const providerCode = nameOf(error);
  const httpStatus = statusOf(error);
  const isOfS3 = !uncoded.has(providerCode);
  const [code, outcome] = codes[providerCode] ?? byStatus(httpStatus, isOfS3);
  const message = `${operation}: ${provider} answered ${httpStatus ?? 'nothing that can be read'} ${providerCode}`;
  const answered = httpStatus === undefined ? {} : { httpStatus };
  return new DropError(code, { message, provider, operation, providerCode, outcome, ...answered });
}

/** The error of a success that is not S3's: something in front of it may have answered, such as a sign-in page. */
export function notOfS3({ provider, operation }: S3Failure, reason: string): DropError {
  const message = `${operation}: the answer of ${provider} ${reason}`;
  return new DropError('provider_invalid_response', { message, provider, operation, outcome: 'unknown' });
}

/** Whether the answer is S3's word that the object is not there. */
export function isAbsent(error: unknown): boolean {
  return nameOf(error) === 'NoSuchKey';
}

/** Whether an object of that key is there, or is being written by another request. */
export function isThere(error: unknown): boolean {
  return ['PreconditionFailed', 'ConditionalRequestConflict'].includes(nameOf(error));
}

function byStatus(status: number | undefined, isOfS3: boolean): readonly [ErrorCode, Outcome] {
  if (status === undefined) return ['provider_unavailable', 'unknown'];
  if (status >= 500) return ['provider_unavailable', 'unknown'];
  return status >= 400 && isOfS3 ? ['provider_refused', 'refused'] : ['provider_invalid_response', 'unknown'];
}

function nameOf(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  return /^[\w.]{1,60}$/.test(name) ? name : 'unknown';
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined;
  const { $metadata: metadata } = error;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}

/**
 * Whether the bucket cannot be used now, as opposed to a refusal, which another bucket would repeat. So it is where
 * something in front of it answers in its place.
 */
export function isDown(error: unknown): error is DropError {
  return isDropError(
    error,
    'provider_unavailable',
    'provider_timeout',
    'provider_rate_limited',
    'provider_invalid_response',
  );
}

/** The error where every bucket that was asked is down; where none of the answers is S3's, the error says so. */
export function noneAnswers(failures: readonly DropError[]): DropError {
  const [stranger] = failures;
  if (stranger && failures.every(({ code }) => code === 'provider_invalid_response')) return stranger;
  return new DropError('provider_unavailable', {
    message: 'no storage of files answers',
    provider: 'file-storage',
    outcome: 'unknown',
    cause: failures[0],
  });
}
