import { CallError, type CallErrorCode } from './call-error.ts';
import { DeadlineError } from './deadline.ts';
import { ExchangeError, UnacceptableAnswerError } from './exchange.ts';

const timeoutCodes = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/** undici's code for an invalid request: a bug of the caller. No provider was called. */
const invalidRequest = 'UND_ERR_INVALID_ARG';

/**
 * Node's and OpenSSL's codes for a rejected certificate: the provider's, rejected here, or the client's own,
 * rejected by the provider.
 */
const certificateCodes =
  /CERT|UNKNOWN_CA|^(INVALID_(CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|UNABLE_TO_VERIFY_LEAF_SIGNATURE)$/;

/** What a call was, as its errors name it. */
export interface CallContext {
  provider: string;
  operation: string;
  /** The part of the provider that the call named. */
  scope?: string;
}

/**
 * Converts a transport fault to an error that tells why there is no answer and whether the request may have been sent.
 */
export function transportError(error: unknown, context: CallContext): CallError {
  if (error instanceof CallError) return error;
  const isSent = error instanceof ExchangeError ? error.isSent : !(error instanceof DeadlineError);
  const cause = error instanceof ExchangeError ? error.cause : error;
  const systemCode = codeOf(cause);
  const message = `${context.operation}: ${wordsOf(cause, systemCode)}`;
  const outcome = isSent ? 'unknown' : 'not_sent';
  return new CallError(errorCodeOf(cause, systemCode), { message, cause, outcome, ...context });
}

/** Whether a certificate was rejected. A repetition within the time of a call would not help. */
export function isCertificateFault(error: CallError): boolean {
  return isCertificateCode(codeOf(error.cause));
}

/** Whether a code of Node or OpenSSL is that of a rejected certificate. */
export function isCertificateCode(code: string): boolean {
  return certificateCodes.test(code);
}

function errorCodeOf(cause: unknown, systemCode: string): CallErrorCode {
  if (cause instanceof UnacceptableAnswerError) return 'provider_invalid_response';
  if (systemCode === invalidRequest) return 'internal_error';
  const timedOut = cause instanceof DeadlineError || timeoutCodes.has(systemCode);
  return timedOut ? 'provider_timeout' : 'provider_unavailable';
}

/** Only messages from this folder are used: other messages may quote the request. */
function wordsOf(cause: unknown, systemCode: string): string {
  if (cause instanceof DeadlineError || cause instanceof UnacceptableAnswerError) return cause.message;
  return systemCode || 'no answer';
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
}
