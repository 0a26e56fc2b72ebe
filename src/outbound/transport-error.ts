import { DropError, type ErrorCode } from '#domain/errors.ts';
import { DeadlineError } from './deadline.ts';
import { ExchangeError, UnacceptableAnswerError } from './exchange.ts';

const timeoutCodes = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/** undici's words for a request that is not one: a fault in Drop, which nobody was asked for. */
const invalidRequest = 'UND_ERR_INVALID_ARG';

/** Node's and OpenSSL's words for a certificate that is not believed: the provider's here, or Drop's there. */
const certificateCodes =
  /CERT|UNKNOWN_CA|^(INVALID_(CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|UNABLE_TO_VERIFY_LEAF_SIGNATURE)$/;

/** Says why there is no answer, and whether the provider can have seen the request. */
export function transportError(error: unknown, context: { provider: string; operation: string }): DropError {
  if (error instanceof DropError) return error;
  const isSent = error instanceof ExchangeError ? error.isSent : !(error instanceof DeadlineError);
  const cause = error instanceof ExchangeError ? error.cause : error;
  const systemCode = codeOf(cause);
  const message = `${context.operation}: ${wordsOf(cause, systemCode)}`;
  const outcome = isSent ? 'unknown' : 'not_sent';
  return new DropError(errorCodeOf(cause, systemCode), { message, cause, outcome, ...context });
}

/** Whether it failed by a certificate. That does not heal within the time of a call. */
export function isCertificateFault(error: DropError): boolean {
  return certificateCodes.test(codeOf(error.cause));
}

function errorCodeOf(cause: unknown, systemCode: string): ErrorCode {
  if (cause instanceof UnacceptableAnswerError) return 'provider_invalid_response';
  if (systemCode === invalidRequest) return 'internal_error';
  const timedOut = cause instanceof DeadlineError || timeoutCodes.has(systemCode);
  return timedOut ? 'provider_timeout' : 'provider_unavailable';
}

/** Only words that are Drop's: those of others may quote what was sent. */
function wordsOf(cause: unknown, systemCode: string): string {
  if (cause instanceof DeadlineError || cause instanceof UnacceptableAnswerError) return cause.message;
  return systemCode || 'no answer';
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
}
