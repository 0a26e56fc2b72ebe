import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { listen, type HttpServer } from '#http/listen.ts';

export interface LoopbackServer extends HttpServer {
  /** e.g. `http://localhost:3010`. */
  readonly origin: string;
}

/** A test's server, on loopback only. `port` 0 takes any free one. Rejects with the system's error. */
export async function listenOnLoopback(port: number): Promise<LoopbackServer> {
  const server = await listen({ host: 'localhost', port, clock: systemClock });
  return { ...server, origin: `http://localhost:${server.port}` };
}

/** The port of a server of Node's own, on loopback, until the test is over. */
export async function portUntilTestEnds(server: Server): Promise<number> {
  const listening = Promise.withResolvers<undefined>();
  server.listen(0, '127.0.0.1', () => listening.resolve(undefined));
  await listening.promise;
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}
