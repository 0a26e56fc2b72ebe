// The emulators of the sandbox behind TLS, for a Drop that is configured as outside the sandbox. Prints the variables
// that point Drop at them as one line of JSON, and ends with its standard input.
import { readFileSync } from 'node:fs';
import { systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { listen, type HttpServer } from '#http/listen.ts';
import { emulatorNames, startEmulators } from '#sandbox/emulators.ts';
import { httpsFront, tlsFront } from './tls-front.ts';

const [, , appOrigin = '', certificate = '', key = ''] = process.argv;
const identity = { cert: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
const { hostname } = new URL(appOrigin);

const servers = new Map<string, HttpServer>();
const fronts = new Map<HttpServer, number>();
for (const name of emulatorNames()) {
  const server = await listen({ host: 'localhost', port: 0, clock: systemClock });
  servers.set(name, server);
  fronts.set(server, await httpsFront(identity, server.port));
}
const { environment } = await startEmulators(servers, {
  appOrigin,
  random: systemEntropy.fraction,
  originOf: (server) => `https://${hostname}:${fronts.get(server)}`,
});

/** The mail servers of the sandbox speak plain SMTP: `smtps:` leads to them through a front. */
async function secured(address: string): Promise<string> {
  const url = new URL(address);
  const { username, password, port } = url;
  return `smtps://${username}:${password}@${hostname}:${await tlsFront(identity, Number(port))}`;
}

const mail = {
  SMTP_URL: environment['SMTP_URL'] ?? '',
  SMTP_BACKUP_URL: environment['SMTP_BACKUP_URL'] ?? '',
};
for (const [name, address] of Object.entries(mail)) environment[name] = await secured(address);
process.stdout.write(`${JSON.stringify(environment)}\n`);
process.stdin.resume().once('end', () => process.exit());
