import { getRequestListener, RequestError, type HttpBindings } from '@hono/node-server';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '#domain/clock.ts';

export type Handler = (request: Request, bindings: HttpBindings) => Response | Promise<Response>;

/** Answers a request itself and returns true, or leaves it to the handler. */
export type Intake = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

export interface HttpServer {
  readonly port: number;
  /**
   * Sets the handler; before that, every request gets 503. `intake` is a fast path in front of the handler: a
   * request that it answers is spared the cost of a `Request` and a `Response`. `unreadable` answers requests of which
   * no `Request` can be made, such as one with an invalid Host.
   */
  handle(handler: Handler, intake?: Intake, unreadable?: () => Response): void;
  /**
   * Accepts no more connections, waits up to `graceMs` milliseconds for requests in progress, then closes their
   * connections.
   */
  close(graceMs?: number): Promise<void>;
}

/**
 * Starts listening before the handler exists, so that a port in use is detected first. `port` 0 takes any free port.
 * Rejects with the system's error, e.g. `EADDRINUSE`.
 */
export async function listen({
  host,
  port,
  clock,
}: {
  host: string;
  port: number;
  clock: Clock;
}): Promise<HttpServer> {
  let handler: Handler = () => new Response('starting', { status: 503, headers: { 'retry-after': '1' } });
  let intake: Intake = () => false;
  let unreadable = (): Response => new Response(null, { status: 400 });
  const listener = getRequestListener((request, bindings) => handler(request, bindings as HttpBindings), {
    errorHandler: (error) =>
      error instanceof RequestError ? unreadable() : new Response(null, { status: 500 }),
  });
  const server = createServer((incoming, outgoing) => {
    if (!intake(incoming, outgoing)) void listener(incoming, outgoing);
  });
  const listening = Promise.withResolvers<undefined>();
  server.once('error', listening.reject);
  server.listen(port, host, () => listening.resolve(undefined));
  await listening.promise;
  return {
    port: (server.address() as AddressInfo).port,
    handle(nextHandler, nextIntake = () => false, nextUnreadable = unreadable) {
      handler = nextHandler;
      intake = nextIntake;
      unreadable = nextUnreadable;
    },
    async close(graceMs = 0) {
      const closed = Promise.withResolvers<undefined>();
      server.close(() => closed.resolve(undefined));
      server.closeIdleConnections();
      const cut = clock.schedule(graceMs, () => server.closeAllConnections());
      await closed.promise;
      cut.cancel();
    },
  };
}
