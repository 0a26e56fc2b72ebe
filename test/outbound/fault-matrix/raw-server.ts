import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

/** What a server does once it has read a request whole: it writes to the socket what it likes. */
export type Act = (socket: Socket, path: string) => void;

export interface RawServer {
  port: number;
  /** How many requests came in whole. */
  requests(): number;
  close(): void;
}

/** A server that knows no more of HTTP than where a request ends, so that its answers can be as wrong as is wanted. */
export async function startRawServer(act: Act, tls?: { cert: string; key: string }): Promise<RawServer> {
  const sockets = new Set<Socket>();
  let requests = 0;
  const serve = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    readRequests(socket, (path) => {
      requests += 1;
      act(socket, path);
    });
  };
  const server: Server = tls ? createTlsServer(tls, serve) : createServer(serve);
  const listening = Promise.withResolvers<undefined>();
  server.listen(0, '127.0.0.1', () => listening.resolve(undefined));
  await listening.promise;
  return {
    port: (server.address() as AddressInfo).port,
    requests: () => requests,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function readRequests(socket: Socket, onRequest: (path: string) => void): void {
  let received = '';
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString('latin1');
    for (let end = endOfRequest(received); end !== undefined; end = endOfRequest(received)) {
      const [, path = ''] = received.split(' ', 2);
      received = received.slice(end);
      onRequest(path);
    }
  });
}

function endOfRequest(received: string): number | undefined {
  const endOfHead = received.indexOf('\r\n\r\n');
  if (endOfHead === -1) return undefined;
  const length = /\r\ncontent-length: (\d+)/i.exec(received.slice(0, endOfHead))?.[1] ?? '0';
  const end = endOfHead + 4 + Number(length);
  return received.length >= end ? end : undefined;
}

/** An answer as bytes, with the length of its body unless `headers` says otherwise. */
export function answerBytes(
  status: number,
  body: string | Buffer,
  headers: Record<string, string | undefined> = {},
): Buffer {
  const bytes = Buffer.from(body);
  const all = { 'content-type': 'application/json', 'content-length': `${bytes.byteLength}`, ...headers };
  const lines = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  );
  const head = [`HTTP/1.1 ${status} Any`, ...lines, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), bytes]);
}
