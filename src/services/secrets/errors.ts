import { DropError, isDropError, type ErrorCode } from '#domain/errors.ts';

/** Exceptions of Secrets Manager. Source: AWS Secrets Manager API Reference, "GetSecretValue" and "Common Errors". */
const codes: Readonly<Record<string, ErrorCode>> = {
  AccessDeniedException: 'provider_rejected_credentials',
  DecryptionFailure: 'provider_rejected_credentials',
  ExpiredTokenException: 'provider_rejected_credentials',
  IncompleteSignature: 'provider_rejected_credentials',
  InternalServiceError: 'provider_unavailable',
  InvalidSignatureException: 'provider_rejected_credentials',
  MissingAuthenticationTokenException: 'provider_rejected_credentials',
  ThrottlingException: 'provider_rate_limited',
  UnrecognizedClientException: 'provider_rejected_credentials',
};

/** The error for callers. A text of Secrets Manager's is not kept. */
export function errorOf(error: unknown): DropError {
  if (isDropError(error)) return error;
  const name = error instanceof Error && /^[\w.]{1,60}$/.test(error.name) ? error.name : 'unknown';
  return new DropError(codes[name] ?? (isException(name) ? 'provider_refused' : 'provider_unavailable'), {
    message: `AWS Secrets Manager: ${name}`,
    provider: 'secrets',
    operation: 'secrets_manager.get_secret_value',
    providerCode: name,
  });
}

/** Whether Secrets Manager says that a secret, or that version of it, is not there. */
export function isAbsent(error: unknown): boolean {
  return error instanceof Error && error.name === 'ResourceNotFoundException';
}

function isException(name: string): boolean {
  return name.endsWith('Exception');
}
