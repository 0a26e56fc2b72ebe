import { getRequestListener, RequestError, type HttpBindings } from '@hono/node-server';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '#domain/clock.ts';
import { closeServer, portOf, startServers, type ClientLimits } from './node-servers.ts';

export type Handler = (request: Request, bindings: HttpBindings) => Response | Promise<Response>;

/** Answers a request itself and returns true, or leaves it to the handler. */
export type Intake = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/** The answers to requests that do not reach a route, and the report of failures. */
export interface RequestFaults {
  /** The answer to a request whose address is invalid, such as its `Host`. 400 without a body unless given. */
  refuse?(reason: Error): Response;
  /** Called when handler or intake throws, which a client gets 500 for. Must not throw. */
  onFailure?(error: unknown): void;
}

export interface HttpServer {
  readonly port: number;
  /**
   * Sets the handler; before that, every request gets 503. `intake` is a fast path in front of the handler: a
   * request that it answers is spared the cost of a `Request` and a `Response`.
   */
  handle(handler: Handler, intake?: Intake, faults?: RequestFaults): void;
  /**
   * Accepts no more connections, waits up to `graceMs` milliseconds for requests in progress, then closes their
   * connections.
   */
  close(graceMs?: number): Promise<void>;
}

/**
 * HTTP/1.0, which load balancers use to ask for the health, knows no `Host`; Node refuses HTTP/1.1 without one, as it
 * must (RFC 9112, 3.2).
 */
const hostWithoutHeader = 'localhost';

interface ListenOptions {
  host: string;
  port: number;
  clock: Clock;
  /** How long clients may take; half a minute for a request by default. */
  limits?: ClientLimits;
}

/**
 * Starts listening before the handler exists, so that a port in use is detected first. `port` 0 takes any free port.
 * `host` `localhost` listens on both loopback addresses, because machines resolve that name to one of them or to both.
 * Rejects with the system's error, e.g. `EADDRINUSE`.
 */
export async function listen(options: ListenOptions): Promise<HttpServer> {
  let handler: Handler = () => new Response('starting', { status: 503, headers: { 'retry-after': '1' } });
  let intake: Intake = () => false;
  let faults: RequestFaults = {};

  const passOn = (request: Request, bindings: HttpBindings): Response | Promise<Response> => {
    if (namesSeveralHosts(bindings.incoming)) throw new RequestError('the request names several hosts');
    return handler(request, bindings);
  };
  const answer = getRequestListener((request, bindings) => passOn(request, bindings as HttpBindings), {
    hostname: hostWithoutHeader,
    errorHandler(error) {
      const isRefused = error instanceof RequestError;
      if (!isRefused) faults.onFailure?.(error);
      return (isRefused && faults.refuse?.(error)) || new Response(null, { status: isRefused ? 400 : 500 });
    },
  });

  function serve(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const fail = (error: unknown): void => {
      faults.onFailure?.(error);
      if (!outgoing.headersSent) outgoing.writeHead(500);
      outgoing.end();
    };
    try {
      if (!intake(incoming, outgoing)) answer(incoming, outgoing).catch(fail);
    } catch (error) {
      fail(error);
    }
  }

  const onError = (error: unknown): void => faults.onFailure?.(error);
  const servers = await startServers({ ...options, serve, onError });
  return {
    port: portOf(servers),
    handle(nextHandler, nextIntake = () => false, nextFaults = {}) {
      handler = nextHandler;
      intake = nextIntake;
      faults = nextFaults;
    },
    async close(graceMs = 0) {
      await Promise.all(servers.map((server) => closeServer(server, graceMs, options.clock)));
    },
  };
}

/** Node takes the first `Host`, and a proxy may take another: such a request must be refused (RFC 9112, 3.2). */
function namesSeveralHosts({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): boolean {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) if (/^host$/i.test(rawHeaders[at] ?? '')) count += 1;
  return count > 1;
}
