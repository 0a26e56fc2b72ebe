import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to a server on this machine that can be cut, as when that server is gone. */
export interface Way {
  port: number;
  /** Breaks every connection, and refuses new ones. */
  cut(): Promise<void>;
  mend(): Promise<void>;
}

/** Leads to `port` of this machine. */
export async function openWay(port: number): Promise<Way> {
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
  const own = (server.address() as AddressInfo).port;
  return {
    port: own,
    async cut() {
      const closed = server.listening ? once(server, 'close') : undefined;
      server.close();
      for (const socket of sockets) socket.resetAndDestroy();
      await closed;
    },
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
