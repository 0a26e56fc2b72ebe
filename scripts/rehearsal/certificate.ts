import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerIdentity } from './tls-front.ts';

/** The files of an authority of its own and of a server's certificate from it. */
export interface Certificates {
  /** For `NODE_EXTRA_CA_CERTS`. */
  authority: string;
  certificate: string;
  key: string;
  identity: ServerIdentity;
}

/** Makes them for `host` in `directory`, valid for a month, with openssl. */
export function makeCertificates(directory: string, host: string): Certificates {
  const openssl = (...parameters: string[]): void =>
    void execFileSync('openssl', parameters, { cwd: directory, stdio: 'ignore' });
  const newKey = (name: string): string[] => ['-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`];
  const days = ['-days', '30'];
  writeFileSync(join(directory, 'names'), `subjectAltName=DNS:${host}\n`);
  openssl('req', '-x509', ...newKey('authority'), '-out', 'authority.pem', '-subj', '/CN=Rehearsal', ...days);
  openssl('req', ...newKey('server'), '-out', 'server.request', '-subj', `/CN=${host}`);
  const signed = ['-CA', 'authority.pem', '-CAkey', 'authority.key', '-CAcreateserial', '-extfile', 'names'];
  openssl('x509', '-req', '-in', 'server.request', '-out', 'server.pem', ...signed, ...days);
  const path = (name: string): string => join(directory, name);
  const read = (name: string): string => readFileSync(path(name), 'utf8');
  return {
    authority: path('authority.pem'),
    certificate: path('server.pem'),
    key: path('server.key'),
    identity: { cert: read('server.pem'), key: read('server.key') },
  };
}
