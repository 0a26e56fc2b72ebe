import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '#domain/clock.ts';

export type Handler = (request: Request, bindings: HttpBindings) => Response | Promise<Response>;

/** Answers a request itself and says so, or leaves it to the handler. */
export type Intake = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

export interface HttpServer {
  readonly port: number;
  /**
   * Says what answers; until then every request gets 503. `intake` is a fast path in front of the handler: what it
   * takes is spared the cost of a `Request` and a `Response`.
   */
  handle(handler: Handler, intake?: Intake): void;
  /** Takes no more connections, lets requests in hand end for `graceMs` milliseconds, then cuts them. */
  close(graceMs?: number): Promise<void>;
}

/**
 * Listens before it is known what will answer, so that a port in use is noticed before anything else is done. `port` 0
 * takes any free one. Rejects with the system's error, e.g. `EADDRINUSE`.
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
      const cut = clock.schedule(graceMs, () => server.closeAllConnections());
      await closed.promise;
      cut.cancel();
    },
  };
}
