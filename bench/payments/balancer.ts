import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** The one port at which banks find all processes: each connection goes to the next of them. */
export interface Balancer {
  /** Ports of the processes, from now on. */
  serve(ports: readonly number[]): void;
  close(): void;
}

export async function startBalancer(port: number): Promise<Balancer> {
  let ports: readonly number[] = [];
  let turn = 0;
  const open = new Set<Socket>();
  const server = createServer((incoming) => {
    const outgoing = connect(ports[turn++ % ports.length] ?? 0, '127.0.0.1');
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      open.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => open.delete(from) && to.destroy());
    }
  });
  server.listen(port, 'localhost');
  await once(server, 'listening');
  return {
    serve(given) {
      ports = given;
      // Connections that are kept open would go on to the processes of before.
      for (const socket of open) socket.destroy();
    },
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
