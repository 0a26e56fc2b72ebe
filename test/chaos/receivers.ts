import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface Receivers {
  smtpUrl: string;
  slackUrl: string;
  /** Of each mail that arrived: whose it is, and its Message-ID. */
  mails: { to: string; messageId: string }[];
  /** The alerts that arrived. */
  alerts: string[];
  /** Whether mails cannot be delivered: connections are refused. Resolves when it is so. */
  mailIsDown(isDown: boolean): Promise<void>;
  close(): Promise<void>;
}

/**
 * A mail server and a Slack that take everything. `onArrival` is called with each mail and alert before it is
 * answered, so that a process which is killed then does not know that it arrived.
 */
export async function startReceivers(onArrival: () => void): Promise<Receivers> {
  const mails: Receivers['mails'] = [];
  const alerts: string[] = [];
  const smtp = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, session, done) {
      void text(stream).then((source) => {
        const messageId = /^Message-ID:\s*(<\S+>)/im.exec(source)?.[1] ?? 'none';
        for (const { address } of session.envelope.rcptTo) mails.push({ to: address, messageId });
        onArrival();
        done();
      }, done);
    },
  });
  // Killed processes cut their connections.
  smtp.on('error', () => undefined);
  const slack = createServer((request, response) => {
    void text(request).then(
      (body) => {
        alerts.push(body);
        onArrival();
        response.end('ok');
      },
      () => undefined,
    );
  });
  const listening = [smtp.server, slack].map(
    (server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve())),
  );
  await Promise.all(listening);
  const portOf = (server: { address(): AddressInfo | string | null }): number =>
    (server.address() as AddressInfo).port;
  const smtpPort = portOf(smtp.server);
  const open = new Set<Socket>();
  smtp.server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  async function mailIsDown(isDown: boolean): Promise<void> {
    const { server } = smtp;
    if (server.listening !== isDown) return;
    if (!isDown) return new Promise((resolve) => server.listen(smtpPort, '127.0.0.1', () => resolve()));
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of open) socket.destroy();
    return closed;
  }
  return {
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    mailIsDown,
    slackUrl: `http://127.0.0.1:${portOf(slack)}/services/T000/B000/chaos`,
    mails,
    alerts,
    async close() {
      slack.closeAllConnections();
      await Promise.all([
        new Promise((resolve) => smtp.close(() => resolve(undefined))),
        new Promise((resolve) => slack.close(() => resolve(undefined))),
      ]);
    },
  };
}
