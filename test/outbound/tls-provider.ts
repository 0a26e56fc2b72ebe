import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { portUntilTestEnds } from '../support/loopback.ts';

export const pathOf = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
export const pem = (name: string): string => readFileSync(pathOf(name), 'utf8');
export const authorities = pem('authority.pem');

/**
 * A provider over TLS that by default asks for a client certificate; `callers` are the names in the certificates it
 * received.
 */
export async function startTlsProvider(options: { certificate?: string; isMutual?: boolean } = {}) {
  const { certificate = 'server', isMutual = true } = options;
  const callers: unknown[] = [];
  const server = createServer(
    {
      cert: pem(`${certificate}.pem`),
      key: pem(`${certificate}.key.pem`),
      ...(isMutual && { requestCert: true, rejectUnauthorized: true, ca: authorities }),
    },
    (request, response) => {
      callers.push((request.socket as TLSSocket).getPeerCertificate().subject?.CN);
      response.setHeader('content-type', 'application/json').end('{}');
    },
  );
  const port = await portUntilTestEnds(server);
  return { origin: `https://localhost:${port}`, callers };
}
