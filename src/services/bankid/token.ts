import type { CustomFetch } from 'openid-client';
import { judgeJson } from '#outbound/judge.ts';
import type { Outbound, RawResponse } from '#outbound/outbound.ts';
import { retryAfterMs } from '#outbound/retry.ts';
import { isDropError } from '#domain/errors.ts';
import { codeExchangeFailed, unanswered, unavailable } from './errors.ts';
import type { KeySet } from './jwks.ts';
import {
  bodyOf,
  faultyFields,
  tokenErrorSchema,
  tokenHeaderSchema,
  tokenResponseSchema,
  type TokenResponse,
} from './wire.ts';

const timeoutMs = 10_000;
const responseBytesMax = 65_536;

/**
 * The two requests that openid-client makes for one callback. The code goes out once, through the guarded call, and the
 * answer is judged before the library sees it. The keys come from the shared set; those only that the token names, so
 * that an unknown `kid` is looked up with the issuer first.
 */
export function createExchangeFetch(context: {
  outbound: Outbound;
  keys: KeySet;
  redirectUri: string;
}): CustomFetch {
  let kid: string | undefined;
  return async (url, { method, body, headers }) => {
    if (method !== 'POST') return Response.json({ keys: await context.keys.keysFor(kid) });
    const form = new URLSearchParams(body instanceof URLSearchParams ? body : undefined);
    form.set('redirect_uri', context.redirectUri); // byte for byte; the library rebuilds it from a parsed URL
    const response = await sendCode(context.outbound, { url, headers, body: form.toString() });
    const tokens = judgeTokenResponse(response);
    kid = keyIdOf(tokens.id_token);
    return Response.json(tokens);
  };
}

/** A code is good for one use, so it is sent again only when it certainly was not received. */
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
export function judgeTokenResponse(response: RawResponse): TokenResponse {
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
    throw codeExchangeFailed(message, { httpStatus: status, ...(providerCode && { providerCode }) });
  }
  const tokens = tokenResponseSchema.safeParse(body);
  if (tokens.success) return tokens.data;
  throw codeExchangeFailed(`${message}, but not with tokens; at fault: ${faultyFields(tokens.error)}`, {
    httpStatus: status,
  });
}

/** Undefined for what is no JWS, too: the library refuses that before it asks for a key. */
function keyIdOf(token: string): string | undefined {
  try {
    const header: unknown = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
    return tokenHeaderSchema.safeParse(header).data?.kid;
  } catch {
    return undefined;
  }
}
