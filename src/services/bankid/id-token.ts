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

/** How far the issuer's clock may be from ours. */
export const toleranceSeconds = 10;

export interface IdTokenExpectations {
  keyOf: JWTVerifyGetKey;
  /** Finds it among keys that are fetched now, where those of `keyOf` do not verify the token. */
  newestKeyOf?: JWTVerifyGetKey | undefined;
  issuer: string;
  clientId: string;
  /** Drop's allow-list and the issuer's, in common. */
  algorithms: readonly string[];
  now: Date;
}

/**
 * The claims of an ID token that its issuer has signed for Drop, and that holds now: algorithm, signature, `iss`, that
 * `aud` names Drop, `exp` and `nbf` (RFC 7519, section 7.2; OpenID Connect Core 1.0, 3.1.3.7).
 *
 * @throws {DropError} `sign_in_token_invalid`; `sign_in_unavailable` when the keys cannot be had.
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

/** A key that came, or changed under its name, since the keys were fetched is a reason to look once more. */
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

/** Whether other keys could have verified the token; a key that is unusable is a `DOMException`. */
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

/** A set may hold a key twice, or two of one name. Each is the issuer's, and one of them signed. */
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

/** The library's own words quote what is wrong; these do not. */
const reasons: Readonly<Record<string, string>> = {
  ERR_JOSE_ALG_NOT_ALLOWED: 'alg, it is not one that is accepted',
  ERR_JOSE_NOT_SUPPORTED: 'its header asks for what is not supported',
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'it names no key, and there are multiple applicable keys',
  ERR_JWKS_NO_MATCHING_KEY: 'there are no applicable keys',
  ERR_JWS_INVALID: 'it is no JSON Web Signature',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'signature verification failed',
  ERR_JWT_EXPIRED: 'exp, it is past',
  ERR_JWT_INVALID: 'it is no JSON Web Token',
};

/** What was thrown is not kept as the cause where it may hold claims. */
function toDropError(error: unknown): DropError {
  if (isDropError(error)) return error;
  if (error instanceof errors.JWTClaimValidationFailed)
    return tokenInvalid(`${error.claim}, ${error.reason}`);
  if (error instanceof errors.JOSEError) return tokenInvalid(reasons[error.code] ?? error.code);
  if (error instanceof DOMException) return tokenInvalid('the key that it names cannot be used');
  return new DropError('internal_error', {
    message: 'the ID token could not be verified',
    cause: error,
    provider: 'bankid',
  });
}
