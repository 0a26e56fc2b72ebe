import { judgeJson } from '#outbound/judge.ts';
import type { Outbound, RawResponse } from '#outbound/outbound.ts';
import { retryAfterMs } from '#outbound/retry.ts';
import { isDropError } from '#domain/errors.ts';
import { codeExchangeFailed, unanswered, unavailable } from './errors.ts';
import { bodyOf, faultyFields, tokenErrorSchema, tokenResponseSchema, type TokenResponse } from './wire.ts';

export const timeoutMs = 10_000;
const responseBytesMax = 65_536;

/** The parameters of a code exchange (RFC 6749, 4.1.3; RFC 7636, 4.5). */
export interface CodeGrant {
  code: string;
  codeVerifier: string;
  /** Exactly as in the authorization request. */
  redirectUri: string;
}

/** Adds Drop's client authentication to the form or the headers of a request. */
export type Authenticate = (form: URLSearchParams, headers: Headers) => void | Promise<void>;

/**
 * Exchanges a code for tokens, which are not verified yet.
 *
 * @throws {DropError} `sign_in_unavailable` when the issuer is down, else `sign_in_code_exchange_failed`.
 */
export async function exchangeCode(
  { code, codeVerifier, redirectUri }: CodeGrant,
  context: { outbound: Outbound; url: string; authenticate: Authenticate },
): Promise<TokenResponse> {
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: codeVerifier,
  });
  const headers = new Headers({ 'content-type': 'application/x-www-form-urlencoded' });
  await context.authenticate(form, headers);
  const { outbound, url } = context;
  const body = form.toString();
  return judgeTokenResponse(await sendCode(outbound, { url, headers: Object.fromEntries(headers), body }));
}

/** A code can be used once, so it is sent again only when it certainly was not received. */
async function sendCode(
  outbound: Outbound,
  request: { url: string; headers: Record<string, string>; body: string },
): Promise<RawResponse> {
  try {
    return await outbound.send({
      operation: 'bankid.token',
      method: 'POST',
      repeatable: false,
      judge: judgeJson,
      timeoutMs,
      responseBytesMax,
      ...request,
    });
  } catch (error) {
    if (isDropError(error, 'provider_invalid_response')) throw codeExchangeFailed(error.message);
    throw unanswered('token', error);
  }
}

/** Pure. @throws {DropError} `sign_in_unavailable` when the issuer is down, else `sign_in_code_exchange_failed`. */
function judgeTokenResponse(response: RawResponse): TokenResponse {
  const { status, headers } = response;
  const message = `the token endpoint answered ${status}`;
  if (status >= 500 || status === 429) {
    throw unavailable('token', {
      message,
      httpStatus: status,
      retryAfterMs: retryAfterMs(headers.get('retry-after')),
    });
  }
  const body = bodyOf(response);
  if (status !== 200) {
    const providerCode = tokenErrorSchema.safeParse(body).data?.error;
    // The code is wrong (RFC 6749, 5.2), and the browser brought it.
    const causedByCaller = providerCode === 'invalid_grant';
    throw codeExchangeFailed(message, {
      httpStatus: status,
      ...(providerCode && { providerCode }),
      ...(causedByCaller && { causedByCaller }),
    });
  }
  const tokens = tokenResponseSchema.safeParse(body);
  if (tokens.success) return tokens.data;
  throw codeExchangeFailed(`${message}, but not with tokens; at fault: ${faultyFields(tokens.error)}`, {
    httpStatus: status,
  });
}
