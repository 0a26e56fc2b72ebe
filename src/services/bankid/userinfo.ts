import { judgeJson } from '#outbound/judge.ts';
import type { Outbound, RawResponse } from '#outbound/outbound.ts';
import { retryAfterMs } from '#outbound/retry.ts';
import { isDropError } from '#domain/errors.ts';
import { codeExchangeFailed, tokenInvalid, unanswered, unavailable } from './errors.ts';
import {
  bodyOf,
  faultyFields,
  personalClaims,
  tokenErrorSchema,
  userinfoSchema,
  type IdTokenClaims,
  type Userinfo,
} from './wire.ts';

const timeoutMs = 5_000;
const responseBytesMax = 65_536;

/**
 * Reads the claims of the person whom `accessToken` identifies (OpenID Connect Core 1.0, 5.3). The call only reads, so
 * it is repeatable.
 *
 * @throws {DropError} `sign_in_unavailable` when there is no answer.
 */
export async function fetchUserinfo(
  outbound: Outbound,
  url: string,
  accessToken: string,
): Promise<RawResponse> {
  try {
    return await outbound.send({
      operation: 'bankid.userinfo',
      method: 'GET',
      url,
      headers: { authorization: `Bearer ${accessToken}`, accept: 'application/json' },
      repeatable: true,
      judge: judgeJson,
      timeoutMs,
      responseBytesMax,
    });
  } catch (error) {
    if (isDropError(error, 'provider_invalid_response'))
      throw codeExchangeFailed(error.message, { operation: 'userinfo' });
    throw unanswered('userinfo', error);
  }
}

/**
 * Pure. An issuer that is down is reported as unavailable. An issuer that refuses a token it just issued, or answers in
 * another form, indicates a fault in Drop's registration there.
 *
 * @throws {DropError} `sign_in_unavailable`, `sign_in_code_exchange_failed`, `sign_in_token_invalid`.
 */
export function judgeUserinfo(response: RawResponse): Userinfo {
  const { status, headers } = response;
  const message = `userinfo answered ${status}`;
  if (status >= 500 || status === 429) {
    const after = retryAfterMs(headers.get('retry-after'));
    throw unavailable('userinfo', { message, httpStatus: status, retryAfterMs: after });
  }
  const body = bodyOf(response);
  const isJson = typeof body === 'object';
  const providerCode = tokenErrorSchema.safeParse(body).data?.error;
  if (status !== 200 || !isJson || providerCode !== undefined) {
    const details = {
      operation: 'userinfo',
      httpStatus: status,
      ...(providerCode && { providerCode }),
    } as const;
    throw codeExchangeFailed(isJson ? message : `${message}, but not with JSON`, details);
  }
  const claims = userinfoSchema.safeParse(body);
  if (claims.success) return claims.data;
  throw tokenInvalid(`userinfo, at fault: ${faultyFields(claims.error)}`);
}

/**
 * Adds the personal claims of userinfo (the number, name and birth date) to the verified claims. Claims by which the ID
 * token was judged are never taken from userinfo. Pure.
 *
 * @throws {DropError} `sign_in_token_invalid` when userinfo is about another subject (OpenID Connect Core 1.0, 5.3.2),
 * or contradicts the ID token.
 */
export function withUserinfo(
  claims: IdTokenClaims,
  userinfo: Userinfo,
  nationalIdentityClaims: readonly string[],
): IdTokenClaims {
  if (userinfo.sub !== claims.sub) throw tokenInvalid('userinfo, it has another subject');
  const decisive = ['birthdate', ...nationalIdentityClaims];
  for (const name of decisive) {
    const [told, verified] = [userinfo[name] ?? undefined, claims[name] ?? undefined];
    if (told !== undefined && verified !== undefined && told !== verified)
      throw tokenInvalid(`userinfo, its ${name} contradicts the ID token`);
  }
  const names = [...personalClaims, ...nationalIdentityClaims];
  const told = Object.fromEntries(
    names.filter((name) => userinfo[name] !== undefined).map((name) => [name, userinfo[name]]),
  );
  return { ...claims, ...told };
}
