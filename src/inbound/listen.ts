import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import { systemClock } from '#domain/clock.ts';

export type Handler = (request: Request, bindings: HttpBindings) => Response | Promise<Response>;

export interface HttpServer {
  readonly port: number;
  /** Says what answers; until then every request gets 503. */
  handle(handler: Handler): void;
  /** Takes no more connections, lets requests in hand end for `graceMs` milliseconds, then cuts them. */
  close(graceMs?: number): Promise<void>;
}

/**
 * Listens before it is known what will answer, so that a port in use is noticed before anything else is done. `port` 0
 * takes any free one. Rejects with the system's error, e.g. `EADDRINUSE`.
 */
export async function listen({ host, port }: { host: string; port: number }): Promise<HttpServer> {
  let handler: Handler = () => new Response('starting', { status: 503, headers: { 'retry-after': '1' } });
  const server = createAdaptorServer({
    fetch: (request, bindings) => handler(request, bindings as HttpBindings),
  });
  const listening = Promise.withResolvers<undefined>();
  server.once('error', listening.reject);
  server.listen(port, host, () => listening.resolve(undefined));
  await listening.promise;
  return {
    port: (server.address() as AddressInfo).port,
    handle(next) {
      handler = next;
    },
    async close(graceMs = 0) {
      const closed = Promise.withResolvers<undefined>();
      server.close(() => closed.resolve(undefined));
      if (!('closeAllConnections' in server)) return;
      server.closeIdleConnections();
      const cut = systemClock.schedule(graceMs, () => server.closeAllConnections());
      await closed.promise;
      cut.cancel();
    },
  };
}
