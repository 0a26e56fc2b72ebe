import { DropError } from '#domain/errors.ts';
import { BodyTooLargeError } from './bounded-body.ts';
import { DeadlineError } from './deadline.ts';

/** Faults in which certainly no byte of the request reached the provider. */
const notSentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const timeoutCodes = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/** Says of a transport fault whether the provider can have seen the request, and whether it was slow or gone. */
export function transportError(error: unknown, context: { provider: string; operation: string }): DropError {
  if (error instanceof BodyTooLargeError) {
    const message = `${context.operation}: ${error.message}`;
    return new DropError('provider_invalid_response', { message, outcome: 'unknown', ...context });
  }
  const systemCode = codeOf(error);
  const timedOut = timeoutCodes.has(systemCode) || error instanceof DeadlineError;
  return new DropError(timedOut ? 'provider_timeout' : 'provider_unavailable', {
    message: `${context.operation}: ${error instanceof DeadlineError ? error.message : systemCode || 'no answer'}`,
    cause: error,
    outcome: notSentCodes.has(systemCode) || isCertificateFault(systemCode) ? 'not_sent' : 'unknown',
    ...context,
  });
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
}

function isCertificateFault(systemCode: string): boolean {
  return (
    systemCode.startsWith('ERR_TLS_') ||
    systemCode.includes('CERT') ||
    systemCode === 'ERR_SSL_WRONG_VERSION_NUMBER'
  );
}
