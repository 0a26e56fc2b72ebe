import type { SigV4Refusal } from '#emulation/sigv4.ts';
import type { ProviderErrors } from '#emulation/error-bodies.ts';

/** Error codes of S3 with their status. Source: docs.aws.amazon.com, Amazon S3 API Reference, "Error responses". */
const s3Codes = {
  AccessDenied: 403,
  AuthorizationHeaderMalformed: 400,
  BadDigest: 400,
  EntityTooLarge: 400,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  InvalidArgument: 400,
  MethodNotAllowed: 405,
  MissingContentLength: 411,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  PreconditionFailed: 412,
  RequestTimeTooSkewed: 403,
  ServiceUnavailable: 503,
  SignatureDoesNotMatch: 403,
  SlowDown: 503,
  XAmzContentSHA256Mismatch: 400,
} as const;

export type S3Code = keyof typeof s3Codes;

/** S3's code for a request that is not signed as it must be. */
export const codeOfRefusal: Readonly<Record<SigV4Refusal, S3Code>> = {
  unsigned: 'AccessDenied',
  malformed: 'AccessDenied',
  unknown_key: 'InvalidAccessKeyId',
  wrong_scope: 'AuthorizationHeaderMalformed',
  skewed: 'RequestTimeTooSkewed',
  expired: 'AccessDenied',
  unsigned_header: 'AccessDenied',
  body_changed: 'XAmzContentSHA256Mismatch',
  mismatch: 'SignatureDoesNotMatch',
};

export const s3Errors: ProviderErrors = {
  codes: s3Codes,
  errorBody: (_status, code = 'ServiceUnavailable') => ({
    contentType: 'application/xml',
    body: errorXml(code),
    headers: { 'x-amz-request-id': 'DEMO000000000000' },
  }),
};

export function s3Error(code: S3Code): Response {
  const headers = { 'content-type': 'application/xml', 'x-amz-request-id': 'DEMO000000000000' };
  return new Response(errorXml(code), { status: s3Codes[code], headers });
}

function errorXml(code: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code}</Message></Error>`;
}
