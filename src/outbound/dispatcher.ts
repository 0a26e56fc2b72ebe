import { Agent, type Dispatcher } from 'undici';

const connectTimeoutMs = 3_000;
const keepAliveMs = 30_000;
const connectionsPerOriginMax = 32;

/**
 * The connection pool of all outbound calls: no redirects, TLS always verified. The wait for an answer has no limit of
 * its own, since every call has its deadline, and some banks take longer than undici's defaults suit.
 */
export function defaultDispatcher(): Dispatcher {
  return new Agent({
    connect: { timeout: connectTimeoutMs },
    keepAliveTimeout: keepAliveMs,
    connections: connectionsPerOriginMax,
    bodyTimeout: 0,
    headersTimeout: 0,
  });
}
