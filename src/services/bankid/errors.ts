import { asCausedByCaller, DropError, type ErrorCode, type ErrorDetails } from '#domain/errors.ts';

const provider = 'bankid';
const retryAfterMsDefault = 10_000;

type Operation = 'authorize' | 'discovery' | 'jwks' | 'par' | 'token' | 'userinfo';

/**
 * The `error` of a callback (RFC 6749, 4.1.2.1) → Drop's code. BankID reports nearly everything as `access_denied`. Any
 * other value means that Drop's request is wrong.
 */
const authorizationErrors: ReadonlyMap<string, ErrorCode> = new Map([
  ['access_denied', 'sign_in_cancelled'],
  ['temporarily_unavailable', 'sign_in_unavailable'],
  ['server_error', 'sign_in_unavailable'],
]);

/**
 * Keycloak, on which BankID is built, sends this when the customer signed in in another tab and the page had expired:
 * "it is ideal to retry authentication immediately" (Keycloak, "Securing applications", Keycloak specific errors).
 */
const pageExpired = { error: 'temporarily_unavailable', description: 'authentication_expired' };

/** What a browser brings back; anyone who has begun a sign-in can write it. */
export function authorizationError(error: string, description: string | null): DropError {
  if (error === pageExpired.error && description === pageExpired.description) return signInExpired();
  const code = authorizationErrors.get(error) ?? 'sign_in_code_exchange_failed';
  const shown = /^[a-z_]{1,64}$/.test(error) ? error : 'an unreadable error';
  const providerCode = bankIdErrorCode(description) ?? shown;
  const message = `the issuer sent the person back with ${shown}`;
  if (code === 'sign_in_unavailable')
    return asCausedByCaller(unavailable('authorize', { message, providerCode }));
  return new DropError(code, {
    message,
    provider,
    operation: 'bankid.authorize',
    outcome: 'refused',
    providerCode,
    causedByCaller: true,
  });
}

function signInExpired(): DropError {
  return new DropError('sign_in_expired', {
    message: 'the page at the issuer had expired',
    provider,
    operation: 'bankid.authorize',
    outcome: 'refused',
    providerCode: pageExpired.description,
  });
}

/** `bankid_error_codes:C301` in `error_description`: a letter and digits, listed in BankID's documentation. */
function bankIdErrorCode(description: string | null): string | undefined {
  return /^bankid_error_codes:\s*([0-9A-Za-z]{2,8})/.exec(description ?? '')?.[1];
}

export function stateMismatch(message: string): DropError {
  return new DropError('sign_in_state_mismatch', { message, provider, outcome: 'not_sent' });
}

export function codeExchangeFailed(
  message: string,
  details: Pick<ErrorDetails, 'httpStatus' | 'providerCode' | 'causedByCaller'> & {
    operation?: Operation;
  } = {},
): DropError {
  const { operation = 'token', ...rest } = details;
  return new DropError('sign_in_code_exchange_failed', {
    message,
    provider,
    operation: `bankid.${operation}`,
    outcome: 'refused',
    ...rest,
  });
}

/** `reason` names the fault and never quotes the token. */
export function tokenInvalid(reason: string): DropError {
  return new DropError('sign_in_token_invalid', {
    message: `the ID token is not accepted: ${reason}`,
    provider,
    operation: 'bankid.token',
  });
}

export function unavailable(
  operation: Operation,
  details: Pick<ErrorDetails, 'message' | 'httpStatus' | 'providerCode' | 'outcome'> & {
    retryAfterMs?: number | undefined;
  },
): DropError {
  const { retryAfterMs = retryAfterMsDefault, ...rest } = details;
  return new DropError('sign_in_unavailable', {
    provider,
    operation: `bankid.${operation}`,
    retryAfterMs,
    ...rest,
  });
}

/** The guarded call received no answer, or refused to send. */
export function unanswered(operation: Operation, error: unknown): DropError {
  if (!(error instanceof DropError)) return unavailable(operation, { message: 'no answer' });
  const { retryAfterMs = retryAfterMsDefault, outcome } = error.details;
  return new DropError('sign_in_unavailable', {
    message: error.message,
    cause: error,
    provider,
    operation: `bankid.${operation}`,
    retryAfterMs,
    ...(outcome && { outcome }),
  });
}

/** Converts an error of openid-client to Drop's. Drop's own errors, thrown inside its fetch, come back wrapped. */
export function signInError(error: unknown): DropError {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof DropError) return cause;
  }
  return new DropError('internal_error', {
    message: 'the sign-in could not be started',
    cause: error,
    provider,
  });
}
