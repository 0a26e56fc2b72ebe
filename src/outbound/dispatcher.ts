import { Agent, type Dispatcher } from 'undici';
import { toTlsOptions, type ClientTls } from './client-tls.ts';
import { limitsDefault } from './limiter.ts';

const connectTimeoutMs = 3_000;
const keepAliveMs = 30_000;

/**
 * A connection pool for outbound calls: no redirects, TLS always verified, one request at a time on a connection.
 * undici's own time limits for an answer are off, because every call has a deadline and some banks take longer than
 * undici's defaults.
 *
 * @throws {CallError} `configuration_invalid` when `tls` cannot be used.
 */
export function createDispatcher(tls: ClientTls = {}): Dispatcher {
  return new Agent({
    connect: { timeout: connectTimeoutMs, ...toTlsOptions(tls), rejectUnauthorized: true },
    keepAliveTimeout: keepAliveMs,
    connections: limitsDefault.concurrentMax,
    allowH2: false,
    bodyTimeout: 0,
    headersTimeout: 0,
  });
}
