import type { z } from 'zod';
import { judgeJson } from '#outbound/judge.ts';
import type { Outbound, RawResponse } from '#outbound/outbound.ts';
import { retryAfterMs } from '#outbound/retry.ts';
import { unanswered, unavailable } from './errors.ts';
import { bodyOf, faultyFields } from './wire.ts';

const timeoutMs = 5_000;
const responseBytesMax = 262_144;

/** Fetches one of the issuer's public documents; the call is repeatable. @throws {DropError} `sign_in_unavailable`. */
export async function fetchDocument(
  outbound: Outbound,
  operation: 'discovery' | 'jwks',
  url: string,
): Promise<RawResponse> {
  try {
    const name = `bankid.${operation}`;
    return await outbound.send({
      operation: name,
      method: 'GET',
      url,
      repeatable: true,
      judge: judgeJson,
      timeoutMs,
      responseBytesMax,
    });
  } catch (error) {
    throw unanswered(operation, error);
  }
}

/** Judges the answer: it must be a 200 that matches `schema`. @throws {DropError} `sign_in_unavailable`. */
export function judgeDocument<T extends z.ZodType>(
  operation: 'discovery' | 'jwks',
  response: RawResponse,
  schema: T,
): z.output<T> {
  const { status } = response;
  if (status !== 200) {
    const message = `${operation} answered ${status}`;
    throw unavailable(operation, {
      message,
      httpStatus: status,
      retryAfterMs: retryAfterMs(response.headers.get('retry-after')),
    });
  }
  const parsed = schema.safeParse(bodyOf(response));
  if (parsed.success) return parsed.data;
  throw unavailable(operation, {
    message: `${operation} cannot be used; at fault: ${faultyFields(parsed.error)}`,
    httpStatus: status,
  });
}
