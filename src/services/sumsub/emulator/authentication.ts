import { createHmac, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Clock } from '#domain/clock.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { refuse, type EmulatedRefusal } from './errors.ts';

interface AuthenticationOptions {
  clock: Clock;
  appToken: string;
  secretKey: string;
}

const toleranceSeconds = 60;

/**
 * Checks the three headers as Sumsub does, and answers with the sandbox's own time in `Date`, so that a client with a
 * wrong clock can compute the difference. Source: API reference, "Authentication".
 */
export function authenticate(options: AuthenticationOptions): MiddlewareHandler<EmulatorEnvironment> {
  return async (c, next) => {
    const body = Buffer.from(await c.req.arrayBuffer());
    const refusal = judge(options, {
      token: c.req.header('x-app-token'),
      timestamp: c.req.header('x-app-access-ts'),
      signature: c.req.header('x-app-access-sig'),
      // The raw request target: the signature covers what was sent, not what a router parsed.
      head: `${c.req.method}${c.env.incoming.url}`,
      body,
    });
    if (refusal) c.res = refuse(c, refusal);
    else await next();
    c.header('date', options.clock.now().toUTCString());
    return undefined;
  };
}

interface Presented {
  token: string | undefined;
  timestamp: string | undefined;
  signature: string | undefined;
  head: string;
  body: Buffer;
}

function judge(options: AuthenticationOptions, presented: Presented): EmulatedRefusal | undefined {
  const { token, timestamp, signature } = presented;
  if (!token || !timestamp || !signature) return refusal(4006, 'Not all authentication headers are present');
  if (token !== options.appToken) return refusal(4001, 'App token is not found');
  if (!/^\d{10}$/.test(timestamp)) return refusal(4005, 'Invalid value of X-App-Access-Ts');
  const nowSeconds = options.clock.now().getTime() / 1000;
  if (Math.abs(nowSeconds - Number(timestamp)) > toleranceSeconds) return refusal(4004, 'Request expired');
  const expected = createHmac('sha256', options.secretKey)
    .update(timestamp)
    .update(presented.head)
    .update(presented.body)
    .digest('hex');
  const given = Buffer.from(signature);
  const matches = given.length === expected.length && timingSafeEqual(given, Buffer.from(expected));
  return matches ? undefined : refusal(4003, 'Request signature mismatch', 'app-token-signature mismatch');
}

function refusal(errorCode: number, description: string, errorName?: string): EmulatedRefusal {
  return { status: 401, description, errorCode, ...(errorName !== undefined && { errorName }) };
}
