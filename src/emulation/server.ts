import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import type { AddressInfo } from 'node:net';

export type LoopbackHandler = (request: Request, bindings: HttpBindings) => Response | Promise<Response>;

export interface LoopbackServer {
  /** e.g. `http://localhost:3010`. */
  readonly origin: string;
  readonly port: number;
  /** Says what answers; until then every request gets 503. */
  handle(handler: LoopbackHandler): void;
  close(): Promise<void>;
}

/**
 * Listens on loopback only, before it is known what will answer, since an emulator needs to know its own address.
 * `port` 0 takes any free one. Rejects with the system's error, e.g. `EADDRINUSE`.
 */
export async function listenOnLoopback(port: number): Promise<LoopbackServer> {
  let handler: LoopbackHandler = () => new Response('not ready', { status: 503 });
  const server = createAdaptorServer({
    fetch: (request, bindings) => handler(request, bindings as HttpBindings),
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  const address = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${address.port}`,
    port: address.port,
    handle(next) {
      handler = next;
    },
    async close() {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      server.close(() => resolve(undefined));
      if ('closeAllConnections' in server) server.closeAllConnections();
      await promise;
    },
  };
}
