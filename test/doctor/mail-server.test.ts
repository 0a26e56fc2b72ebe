import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { expect, onTestFinished, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { checkOf, type Finding } from '#doctor/finding.ts';
import { checkMsMax, runChecks } from '#doctor/run-checks.ts';
import { Secret } from '#domain/secret.ts';
import { mailChecks } from '#services/email/checks.ts';
import { found } from './examined.ts';

const fixture = (name: string): string => readFileSync(`test/outbound/fixtures/${name}.pem`, 'utf8');
const authority = fixture('authority');
const from = { name: 'Drop', address: 'drop@mail.example', domain: 'mail.example' };
const credentials = { user: 'ida', password: new Secret('helt-hemmelig') };

/** What is found of a mail server, at a time of Drop's. */
async function serverFound(server: { port: number; isImplicitTls: boolean }, clock: ManualClock) {
  const primary = { host: 'localhost', credentials, ...server };
  const checks = mailChecks({ servers: { primary }, from, authority, isSandbox: false, clock });
  return runChecks(
    checks.map(({ subject, run }) => checkOf('services', subject, async (signal) => run(signal))),
    { clock },
  );
}

async function mailServer(isImplicitTls: boolean): Promise<{ port: number; isImplicitTls: boolean }> {
  const server = new SMTPServer({
    cert: fixture('server'),
    key: fixture('server.key'),
    secure: isImplicitTls,
    onAuth: ({ password }, _session, done) =>
      password === 'helt-hemmelig' ? done(null, { user: 'ida' }) : done(new Error('wrong')),
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  onTestFinished(() => new Promise<void>((resolve) => server.close(resolve)));
  return { port: (server.server.address() as AddressInfo).port, isImplicitTls };
}

test.each([
  [false, '2026-12-01T00:00:00Z', 'ok', 'takes the credentials, its certificate is valid until 2126-10-31'],
  [true, '2026-12-01T00:00:00Z', 'ok', 'its certificate is valid until 2126-10-31; no mail was sent'],
  [false, '2126-10-10T00:00:00Z', 'warning', 'its certificate ends in 21 days, on 2126-10-31'],
  [true, '2126-10-10T00:00:00Z', 'warning', 'its certificate ends in 21 days, on 2126-10-31'],
] as const)(
  'a server with TLS from the start (%s) is at %s %s',
  async (isImplicitTls, now, severity, text) => {
    const [finding] = await serverFound(await mailServer(isImplicitTls), new ManualClock(new Date(now)));
    expect(finding).toMatchObject(found(severity, text));
  },
);

/** A server that is none of mail. */
async function rawServer(onSocket: (socket: Socket) => void) {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    sockets.push(socket);
    onSocket(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { port: (server.address() as AddressInfo).port, isImplicitTls: false };
}

test('a server that never greets is failed when the time of a check is over, without the password', async () => {
  const clock = new ManualClock();
  const { promise: connected, resolve: onSocket } = Promise.withResolvers<Socket>();
  const findings = serverFound(await rawServer(onSocket), clock);
  await connected;
  clock.advance(checkMsMax);
  const [finding] = (await findings) as [Finding];
  expect(finding).toMatchObject(found('failed', 'no answer within 10 s'));
  expect(JSON.stringify(finding)).not.toContain('helt-hemmelig');
});

test('a server that answers with rubbish is failed, and its words are not repeated', async () => {
  const at = await rawServer((socket) => socket.end('999 helt-hemmelig\r\n'));
  const [finding] = await serverFound(at, new ManualClock());
  expect(finding).toMatchObject({ severity: 'failed' });
  expect(JSON.stringify(finding)).not.toContain('helt-hemmelig');
});
