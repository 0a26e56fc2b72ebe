import { createServer, connect, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** A way to a server on this machine that can be cut, as when that server is gone. */
export interface Way {
  port: number;
  /** Breaks every connection, and refuses new ones. */
  cut(): Promise<void>;
  mend(): Promise<void>;
}

/** Leads to `port` of this machine. Gone with the test. */
export async function wayTo(port: number): Promise<Way> {
  const sockets = new Set<Socket>();
  const pass = (near: Socket): void => {
    const far = connect(port, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => (sockets.delete(socket), other.destroy()));
    }
  };
  let server = await listening(pass, 0);
  const own = portOf(server);
  const cut = async (): Promise<void> => {
    const closed = server.listening ? once(server, 'close') : undefined;
    server.close();
    for (const socket of sockets) socket.resetAndDestroy();
    await closed;
  };
  onTestFinished(cut);
  return {
    port: own,
    cut,
    async mend() {
      server = await listening(pass, own);
    },
  };
}

async function listening(pass: (socket: Socket) => void, port: number): Promise<Server> {
  const server = createServer(pass).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}
