import { addressUnder } from '#domain/address.ts';
import type { Clock } from '#domain/clock.ts';
import type { Secret } from '#domain/secret.ts';
import type { Outbound, RawResponse } from '#outbound/outbound.ts';
import { isRequestExpired, judgement, unavailableError } from './errors.ts';
import { createRateLimit } from './rate-limit.ts';
import { signRequest } from './signature.ts';

/** A call to Sumsub before it is signed. `path` begins with a slash and includes the percent-encoded query. */
export interface SignedCall {
  operation: string;
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  body?: Record<string, unknown>;
}

export interface SignedCallsOptions {
  apiUrl: string;
  appToken: Secret;
  secretKey: Secret;
}

export type Log = (message: string, details: Record<string, unknown>) => void;

export const timeoutMs = 8_000;
const responseBytesMax = 262_144;

/**
 * Signs and sends calls. All calls are repeatable: a read changes nothing, creating an existing applicant finds it, and
 * a further token and a second deactivation do no harm.
 *
 * Sumsub refuses a timestamp that is off by more than a minute. The difference is then computed from its `Date` header,
 * once per call, and kept for later calls.
 */
export function createSignedCalls(
  options: SignedCallsOptions,
  { clock, outbound, log }: { clock: Clock; outbound: Outbound; log: Log },
): (call: SignedCall) => Promise<RawResponse> {
  const rateLimit = createRateLimit(clock);
  let skewMs = 0;

  async function sendOnce(call: SignedCall): Promise<RawResponse> {
    // Waits before signing, because the signature contains the time.
    await rateLimit.turn(call.method === 'GET' ? 'GET' : 'POST', call.operation);
    const url = new URL(addressUnder(options.apiUrl, call.path));
    const body = call.body === undefined ? '' : JSON.stringify(call.body);
    const timestampSeconds = Math.floor((clock.now().getTime() + skewMs) / 1000);
    // The parsed URL is signed, because parsing encodes further characters.
    const pathAndQuery = `${url.pathname}${url.search}`;
    const parts = { timestampSeconds, method: call.method, pathAndQuery, body };
    return outbound.send({
      operation: call.operation,
      method: call.method,
      url: url.href,
      headers: {
        'content-type': 'application/json',
        'x-app-token': options.appToken.reveal(),
        'x-app-access-ts': `${timestampSeconds}`,
        'x-app-access-sig': signRequest(parts, options.secretKey),
      },
      ...(body !== '' && { body }),
      repeatable: true,
      judge: judgement,
      timeoutMs,
      responseBytesMax,
    });
  }

  return async function send(call) {
    try {
      const response = await sendOnce(call);
      if (!isRequestExpired(response)) return response;
      const theirs = Date.parse(response.headers.get('date') ?? '');
      if (Number.isNaN(theirs)) return response;
      skewMs = theirs - clock.now().getTime();
      log('sumsub: the clocks differ; signing with the time of Sumsub', {
        operation: call.operation,
        skewMs,
      });
      return await sendOnce(call);
    } catch (error) {
      throw unavailableError(error, call.operation);
    }
  };
}
