import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '#domain/clock.ts';
import { assert } from '#domain/errors.ts';
import { limitPipelining } from './pipelining.ts';

/** How long a client may hold a connection without getting on, in milliseconds. */
export interface ClientLimits {
  /** For the whole of a request, its head and its body. */
  requestMs: number;
  /** Without a byte read or taken while a request is in progress; longer than any answer takes. */
  idleMs: number;
  /** How often requests are checked. */
  checkEveryMs: number;
}

export const clientLimitsDefault: ClientLimits = {
  requestMs: 30_000,
  idleMs: 180_000,
  checkEveryMs: 5_000,
};

interface ServersOptions {
  host: string;
  port: number;
  limits?: ClientLimits;
  serve: RequestListener;
  /** Called for an error of a server that listens already. */
  onError: (error: unknown) => void;
}

/** Node's error codes for an address that this machine does not have. */
const missingAddress = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);
const loopbackAddresses = ['127.0.0.1', '::1'];
/**
 * Longer than the minute for which load balancers keep an idle connection: the side that may send must be the one that
 * closes, or a request meets a closed connection and its customer gets 502.
 */
const keepAliveMs = 65_000;
/** A free port of one loopback address may be in use on the other. */
const freePortTriesMax = 5;

/**
 * One server for each address of `host`, all on the same port: both loopback addresses for `localhost`, as far as the
 * machine has them. Rejects with the system's error, e.g. `EADDRINUSE`; then none of them listens.
 */
export async function startServers(options: ServersOptions): Promise<readonly Server[]> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await startOnce(options);
    } catch (error) {
      const isTaken = codeOf(error) === 'EADDRINUSE' && options.port === 0;
      if (!isTaken || tries >= freePortTriesMax) throw error;
    }
  }
}

async function startOnce({ host, port, ...options }: ServersOptions): Promise<Server[]> {
  const servers: Server[] = [];
  let missing: unknown;
  for (const address of host === 'localhost' ? loopbackAddresses : [host]) {
    try {
      servers.push(await startServer(address, servers.length > 0 ? portOf(servers) : port, options));
    } catch (error) {
      if (missingAddress.has(codeOf(error))) missing = error;
      else {
        for (const server of servers) server.close();
        throw error;
      }
    }
  }
  if (servers.length === 0) throw missing;
  return servers;
}

async function startServer(
  address: string,
  port: number,
  { serve, onError, limits = clientLimitsDefault }: Pick<ServersOptions, 'serve' | 'onError' | 'limits'>,
): Promise<Server> {
  const { requestMs, idleMs, checkEveryMs } = limits;
  const timeouts = { headersTimeout: requestMs, requestTimeout: requestMs };
  const server = createServer(
    { ...timeouts, connectionsCheckingInterval: checkEveryMs },
    limitPipelining(serve),
  );
  // Otherwise an answer that its client does not read is held for ever.
  server.timeout = idleMs;
  server.keepAliveTimeout = keepAliveMs;
  const listening = Promise.withResolvers<undefined>();
  server.once('error', listening.reject);
  server.listen(port, address, () => listening.resolve(undefined));
  await listening.promise;
  // Without a listener, a connection that cannot be accepted would end the process.
  server.on('error', onError);
  server.off('error', listening.reject);
  return server;
}

/** The port that all of them share. */
export function portOf(servers: readonly Server[]): number {
  const [port] = servers.map((server) => (server.address() as AddressInfo).port);
  assert(port, 'there is at least one server');
  return port;
}

/**
 * Accepts no more connections, and closes each one when its request is answered, or when `graceMs` milliseconds are
 * over.
 */
export async function closeServer(server: Server, graceMs: number, clock: Clock): Promise<void> {
  const closed = Promise.withResolvers<undefined>();
  server.close(() => closed.resolve(undefined));
  server.closeIdleConnections();
  // Otherwise a client that keeps its connection alive keeps the server open for seconds after its last answer.
  server.keepAliveTimeout = 1;
  server.keepAliveTimeoutBuffer = 0;
  const cut = clock.schedule(graceMs, () => server.closeAllConnections());
  await closed.promise;
  cut.cancel();
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
