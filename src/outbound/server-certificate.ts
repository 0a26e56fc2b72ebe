import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { CallError } from './call-error.ts';
import { toTlsOptions, type ClientTls } from './client-tls.ts';

/** When the certificate of a server is valid. */
export interface ServerCertificate {
  validFrom: Date;
  validUntil: Date;
}

/**
 * Connects to an https origin with TLS, verifies the server as every call does, and reads its certificate. Sends no
 * request. Rejects with Node's error.
 *
 * @throws {CallError} `provider_unavailable` when the connection is closed, also because `signal` aborts.
 */
export async function readServerCertificate(
  origin: string,
  { tls = {}, signal }: { tls?: ClientTls | undefined; signal: AbortSignal },
): Promise<ServerCertificate> {
  const { hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const { promise, resolve, reject } = Promise.withResolvers<ServerCertificate>();
  const socket = connect({
    host,
    port: port === '' ? 443 : Number(port),
    ...(isIP(host) === 0 && { servername: host }),
    ...toTlsOptions(tls),
    rejectUnauthorized: true,
  });
  const abort = (): void => void socket.destroy();
  signal.addEventListener('abort', abort);
  socket.once('error', reject);
  socket.once('close', () => reject(closed()));
  socket.once('secureConnect', () => {
    const { valid_from: from, valid_to: until } = socket.getPeerCertificate();
    resolve({ validFrom: new Date(from), validUntil: new Date(until) });
  });
  return promise.finally(() => {
    signal.removeEventListener('abort', abort);
    socket.destroy();
  });
}

function closed(): CallError {
  return new CallError('provider_unavailable', { message: 'the connection was closed', outcome: 'not_sent' });
}
