import {
  decodeProtectedHeader,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
} from 'jose';
import { DropError, isDropError } from '#domain/errors.ts';
import { tokenInvalid } from './errors.ts';

/** The largest accepted difference between the issuer's clock and Drop's. */
export const toleranceSeconds = 10;

export interface IdTokenExpectations {
  keyOf: JWTVerifyGetKey;
  /** Finds the key among freshly fetched keys, when the cached keys do not verify the token. */
  newestKeyOf?: JWTVerifyGetKey | undefined;
  issuer: string;
  clientId: string;
  /** The algorithms that both Drop and the issuer allow. */
  algorithms: readonly string[];
  now: Date;
}

/**
 * Verifies that the issuer signed an ID token for Drop and that it is valid now, and returns its claims. Checks the
 * algorithm, the signature, `iss`, that `aud` contains Drop, `exp` and `nbf` (RFC 7519, section 7.2; OpenID Connect
 * Core 1.0, 3.1.3.7).
 *
 * @throws {DropError} `sign_in_token_invalid`; `sign_in_unavailable` when the keys cannot be fetched.
 */
export async function verifyIdToken(token: string, expected: IdTokenExpectations): Promise<JWTPayload> {
  const options = {
    issuer: expected.issuer,
    audience: expected.clientId,
    algorithms: [...expected.algorithms],
    currentDate: expected.now,
    clockTolerance: toleranceSeconds,
  };
  try {
    return await verifiedByHeldOrNewest(token, expected, options);
  } catch (error) {
    throw toDropError(error);
  }
}

/**
 * Tries freshly fetched keys when the cached ones fail: a key may have been added, or replaced under the same `kid`.
 */
async function verifiedByHeldOrNewest(
  token: string,
  { keyOf, newestKeyOf }: IdTokenExpectations,
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  try {
    return await verified(token, keyOf, options);
  } catch (error) {
    if (newestKeyOf === undefined || !isOfKeys(error)) throw error;
    return verified(token, newestKeyOf, options);
  }
}

/** Whether other keys might verify the token. An unusable key throws a `DOMException`. */
function isOfKeys(error: unknown): boolean {
  const { JWKSNoMatchingKey, JWSSignatureVerificationFailed } = errors;
  const kinds = [JWKSNoMatchingKey, JWSSignatureVerificationFailed, DOMException];
  return kinds.some((kind) => error instanceof kind);
}

async function verified(
  token: string,
  keyOf: JWTVerifyGetKey,
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, keyOf, options)).payload;
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys) || !namesKey(token)) throw error;
    return await verifiedByAny(token, error, options);
  }
}

/**
 * Tries each key with the token's `kid`: a set may contain a key twice, or two keys with one `kid`, and all are the
 * issuer's.
 */
async function verifiedByAny(
  token: string,
  keys: errors.JWKSMultipleMatchingKeys,
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  for await (const key of keys) {
    try {
      return (await jwtVerify(token, key, options)).payload;
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
    }
  }
  throw new errors.JWSSignatureVerificationFailed();
}

function namesKey(token: string): boolean {
  return typeof decodeProtectedHeader(token).kid === 'string';
}

/** Fixed texts, because the library's own messages quote values of the token. */
const reasons: Readonly<Record<string, string>> = {
  ERR_JOSE_ALG_NOT_ALLOWED: 'alg, it is not an accepted algorithm',
  ERR_JOSE_NOT_SUPPORTED: 'its header requires an unsupported feature',
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'it has no kid, and there are multiple applicable keys',
  ERR_JWKS_NO_MATCHING_KEY: 'there are no applicable keys',
  ERR_JWS_INVALID: 'it is not a JSON Web Signature',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'signature verification failed',
  ERR_JWT_EXPIRED: 'exp, it has expired',
  ERR_JWT_INVALID: 'it is not a JSON Web Token',
};

/** An error that may contain claims is not kept as the cause. */
function toDropError(error: unknown): DropError {
  if (isDropError(error)) return error;
  if (error instanceof errors.JWTClaimValidationFailed)
    return tokenInvalid(`${error.claim}, ${error.reason}`);
  if (error instanceof errors.JOSEError) return tokenInvalid(reasons[error.code] ?? error.code);
  if (error instanceof DOMException) return tokenInvalid('its key cannot be used');
  return new DropError('internal_error', {
    message: 'the ID token could not be verified',
    cause: error,
    provider: 'bankid',
  });
}
