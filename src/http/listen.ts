import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '#domain/clock.ts';

export type Handler = (request: Request, bindings: HttpBindings) => Response | Promise<Response>;

/** Answers a request itself and returns true, or leaves it to the handler. */
export type Intake = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

export interface HttpServer {
  readonly port: number;
  /**
   * Sets the handler; before that, every request gets 503. A request that `intake` answers does not reach the handler,
   * which saves the cost of creating a `Request` and a `Response`.
   */
  handle(handler: Handler, intake?: Intake): void;
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
export async function listen({ host, port }: { host: string; port: number }): Promise<HttpServer> {
  let handler: Handler = () => new Response('starting', { status: 503, headers: { 'retry-after': '1' } });
  let intake: Intake = () => false;
  const listener = getRequestListener((request, bindings) => handler(request, bindings as HttpBindings));
  const server = createServer((incoming, outgoing) => {
    if (!intake(incoming, outgoing)) void listener(incoming, outgoing);
  });
  const listening = Promise.withResolvers<undefined>();
  server.once('error', listening.reject);
  server.listen(port, host, () => listening.resolve(undefined));
  await listening.promise;
  return {
    port: (server.address() as AddressInfo).port,
    handle(nextHandler, nextIntake = () => false) {
      handler = nextHandler;
      intake = nextIntake;
    },
    async close(graceMs = 0) {
      const closed = Promise.withResolvers<undefined>();
      server.close(() => closed.resolve(undefined));
      server.closeIdleConnections();
      const cut = systemClock.schedule(graceMs, () => server.closeAllConnections());
      await closed.promise;
      cut.cancel();
    },
  };
}
