import { request } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { once } from 'node:events';

/** A certificate and its key, in PEM. */
export interface ServerIdentity {
  cert: string;
  key: string;
}

async function portOf(server: Server): Promise<number> {
  await once(server.listen(0), 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Ends TLS in front of an HTTP server on this machine, which is named `localhost` to it. Returns its port. */
export async function httpsFront(identity: ServerIdentity, target: number): Promise<number> {
  const server = createHttpsServer(identity, (incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const host = `localhost:${target}`;
    const forwarded = request(
      { port: target, host: 'localhost', method, path, headers: { ...headers, host } },
      (response) => {
        outgoing.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(outgoing);
      },
    );
    forwarded.once('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  return portOf(server);
}

/** Ends TLS in front of a server of any other protocol on this machine. Returns its port. */
export async function tlsFront(identity: ServerIdentity, target: number): Promise<number> {
  const server = createTlsServer(identity, (secured) => {
    const plain = connect(target, 'localhost');
    secured.pipe(plain).pipe(secured);
    secured.once('error', () => plain.destroy());
    plain.once('error', () => secured.destroy());
  });
  return portOf(server);
}
