import { Agent, type Dispatcher } from 'undici';

const connectTimeoutMs = 3_000;
const keepAliveMs = 30_000;
const connectionsPerOriginMax = 32;

/** The connection pool of all outbound calls: no redirects, TLS always verified, every wait bounded. */
export function defaultDispatcher(): Dispatcher {
  return new Agent({
    connect: { timeout: connectTimeoutMs },
    keepAliveTimeout: keepAliveMs,
    connections: connectionsPerOriginMax,
    bodyTimeout: 10_000,
    headersTimeout: 10_000,
  });
}
