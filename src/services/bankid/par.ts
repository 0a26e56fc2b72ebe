import type { CustomFetch } from 'openid-client';
import { judgeJson } from '#outbound/judge.ts';
import type { Outbound, RawResponse } from '#outbound/outbound.ts';
import { retryAfterMs } from '#outbound/retry.ts';
import { unanswered, unavailable } from './errors.ts';
import { bodyOf, faultyFields, pushedResponseSchema, tokenErrorSchema, type PushedResponse } from './wire.ts';

const timeoutMs = 5_000;
const responseBytesMax = 65_536;

/**
 * Sends openid-client's pushed authorization request (RFC 9126) through the guarded call. It is repeated only when it
 * certainly was not received, because its assertion can be used once.
 */
export function createPushFetch(outbound: Outbound): CustomFetch {
  return async (url, { body, headers }) => {
    const form = new URLSearchParams(body instanceof URLSearchParams ? body : undefined).toString();
    const response = await push(outbound, { url, headers, body: form });
    return Response.json(judgePushedResponse(response), { status: 201 });
  };
}

async function push(
  outbound: Outbound,
  request: { url: string; headers: Record<string, string>; body: string },
): Promise<RawResponse> {
  try {
    const call = { operation: 'bankid.par', method: 'POST', repeatable: false, judge: judgeJson } as const;
    return await outbound.send({ ...call, timeoutMs, responseBytesMax, ...request });
  } catch (error) {
    throw unanswered('par', error);
  }
}

/** Pure. @throws {DropError} `sign_in_unavailable` when the answer has no usable `request_uri`. */
function judgePushedResponse(response: RawResponse): PushedResponse {
  const { status, headers } = response;
  const body = bodyOf(response);
  const message = `the endpoint for pushed requests answered ${status}`;
  if (status !== 201) {
    const providerCode = tokenErrorSchema.safeParse(body).data?.error;
    throw unavailable('par', {
      message,
      httpStatus: status,
      retryAfterMs: retryAfterMs(headers.get('retry-after')),
      ...(status < 500 && status !== 429 && { outcome: 'refused' as const }),
      ...(providerCode && { providerCode }),
    });
  }
  const pushed = pushedResponseSchema.safeParse(body);
  if (pushed.success) return pushed.data;
  const fault = `${message}, but not with a request_uri; at fault: ${faultyFields(pushed.error)}`;
  throw unavailable('par', { message: fault, httpStatus: status });
}
