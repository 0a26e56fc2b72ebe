import { addressUnder } from '#domain/address.ts';
import type { Clock } from '#domain/clock.ts';
import type { Secret } from '#domain/secret.ts';
import type { Outbound, RawResponse } from '#outbound/outbound.ts';
import { isRequestExpired, judgement, unavailableError } from './errors.ts';
import { createRateLimit } from './rate-limit.ts';
import { signRequest } from './signature.ts';

/** A call to Sumsub before it is signed. `path` begins with a slash and holds the query, percent-encoded. */
export interface SignedCall {
  operation: string;
  method: 'GET' | 'POST';
  path: string;
  body?: Record<string, unknown>;
}

export interface SignedCallsOptions {
  apiUrl: string;
  appToken: Secret;
  secretKey: Secret;
}

export type Log = (message: string, details: Record<string, unknown>) => void;

const timeoutMs = 8_000;
const responseBytesMax = 262_144;

/**
 * Signs and sends. Every call of this service may be seen twice by Sumsub: reading changes nothing, an applicant who
 * exists is found again, and one more token does no harm.
 *
 * Sumsub refuses a time that is more than a minute off. The difference is then taken from its `Date` header, once per
 * call, and kept for the calls that follow.
 */
export function createSignedCalls(
  options: SignedCallsOptions,
  { clock, outbound, log }: { clock: Clock; outbound: Outbound; log: Log },
): (call: SignedCall) => Promise<RawResponse> {
  const rateLimit = createRateLimit(clock);
  let skewMs = 0;

  async function sendOnce(call: SignedCall): Promise<RawResponse> {
    // Before it is signed, since the signature tells the time.
    await rateLimit.turn(call.method, call.operation);
    const url = new URL(addressUnder(options.apiUrl, call.path));
    const body = call.body === undefined ? '' : JSON.stringify(call.body);
    const timestampSeconds = Math.floor((clock.now().getTime() + skewMs) / 1000);
    // Signed is what the URL became, not what it was made from: parsing encodes some characters more.
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
      log('sumsub: the clocks differ; signing with theirs', { operation: call.operation, skewMs });
      return await sendOnce(call);
    } catch (error) {
      throw unavailableError(error, call.operation);
    }
  };
}
