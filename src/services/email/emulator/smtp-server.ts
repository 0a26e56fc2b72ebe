import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import { refusal } from './errors.ts';
import type { SmtpFaults } from './smtp-faults.ts';

export interface SmtpServerOptions {
  /** Its name in operations and on the page: `primary` or `backup`. */
  name: string;
  user: string;
  password: string;
  /** The only address that the account may send from, in any capitals. */
  sender: string;
  /** Key and certificate, in PEM, for STARTTLS; without them it offers none. */
  tls?: { key: string; cert: string };
}

/** Is told of every mail that was offered to the server. */
export interface SmtpListener {
  /** The mail was refused before its content was read. */
  onRefused(envelope: Envelope, reply: string): void;
  /** The mail was accepted or refused with `reply` after its content was read. */
  onContent(envelope: Envelope, message: Buffer, end: { reply: string; isAccepted: boolean }): Promise<void>;
}

export interface Envelope {
  server: string;
  /** The envelope id (RFC 3461), if the client gave one. */
  id: string | undefined;
  to: string;
}

export interface RunningSmtpServer {
  port: number;
  close(): Promise<void>;
}

const messageBytesMax = 524_288;
const accepted = '250 accepted';

/** A mail server on loopback that takes mail from a client with the right credentials and delivers it nowhere. */
export async function startSmtpServer(
  options: SmtpServerOptions,
  faults: SmtpFaults,
  listener: SmtpListener,
): Promise<RunningSmtpServer> {
  const { name, user, password, sender, tls } = options;
  const socketOf = ({ id }: SMTPServerSession): Socket | undefined =>
    [...server.connections].find(({ session }) => session.id === id)?._socket;

  /** Answers once the fault struck; does not answer where it cut the connection. */
  async function answer(
    step: Step,
    session: SMTPServerSession,
    callback: (error?: Error) => void,
    to = '',
  ): Promise<string | undefined> {
    const struck = await faults.strike(`${name}.${step}`, { socket: socketOf(session), to });
    if (struck === 'lost') socketOf(session)?.resetAndDestroy();
    if (struck === 'cut' || struck === 'lost') return 'cut';
    callback(struck);
    return struck ? `${struck.responseCode} ${struck.message}` : undefined;
  }

  const handlers: SMTPServerOptions = {
    onConnect: (session, callback) => void answer('connect', session, callback),
    onAuth(auth, session, callback) {
      const isKnown = auth.username === user && auth.password === password;
      const wrong = refusal(535, '5.7.8 the credentials are wrong');
      void answer('auth', session, (error) =>
        error || !isKnown ? callback(error ?? wrong) : callback(null, { user }),
      );
    },
    onRcptTo({ address }, session, callback) {
      const envelope = envelopeOf(name, session, address);
      void answer('rcpt', session, callback, address).then((reply) => {
        if (reply !== undefined)
          listener.onRefused(envelope, reply === 'cut' ? 'the connection was cut' : reply);
      });
    },
    onData(stream, session, callback) {
      const envelope = envelopeOf(name, session, session.envelope.rcptTo[0]?.address ?? '');
      void (async () => {
        const message = await buffer(stream);
        const struck =
          (await faults.strike(`${name}.data`, { socket: socketOf(session), to: envelope.to })) ??
          (isFrom(sender, session) ? undefined : unverified());
        const isLost = struck === 'lost';
        const error = isLost || struck === 'cut' ? undefined : struck;
        const reply = replyOf(struck);
        await listener.onContent(envelope, message, { reply, isAccepted: struck === undefined || isLost });
        if (isLost) socketOf(session)?.resetAndDestroy();
        else if (struck !== 'cut') callback(error ?? null, 'accepted');
      })().catch(callback);
    },
  };
  const server = new SMTPServer({ ...settingsOf(tls), ...handlers });
  server.on('error', () => undefined);
  return listening(server);
}

function isFrom(sender: string, { envelope: { mailFrom } }: SMTPServerSession): boolean {
  return mailFrom !== false && mailFrom.address.toLowerCase() === sender.toLowerCase();
}

/** In SendGrid's words, after the content as there. */
function unverified(): ReturnType<typeof refusal> {
  return refusal(
    550,
    'The from address does not match a verified Sender Identity. Mail cannot be sent until then.',
  );
}

type Step = 'connect' | 'auth' | 'rcpt';

function replyOf(struck: Awaited<ReturnType<SmtpFaults['strike']>>): string {
  if (struck === undefined) return accepted;
  if (struck === 'lost') return `${accepted}, and the answer was lost`;
  return struck === 'cut' ? 'the connection was cut' : `${struck.responseCode} ${struck.message}`;
}

function envelopeOf(server: string, { envelope }: SMTPServerSession, to: string): Envelope {
  return { server, id: envelope.dsn?.envid ?? undefined, to };
}

function settingsOf(tls: SmtpServerOptions['tls']): SMTPServerOptions {
  return {
    ...tls,
    // Without a certificate the library would use its own, whose key is public.
    disabledCommands: tls ? [] : ['STARTTLS'],
    hideSTARTTLS: tls === undefined,
    allowInsecureAuth: tls === undefined,
    hideDSN: false,
    // The replies have their own.
    hideENHANCEDSTATUSCODES: true,
    disableReverseLookup: true,
    banner: 'Drop sandbox',
    name: 'localhost',
    size: messageBytesMax,
    rejectOversized: true,
    maxRecipients: 1,
    closeTimeout: 100,
    logger: false,
  };
}

async function listening(server: SMTPServer): Promise<RunningSmtpServer> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  server.server.once('error', reject);
  server.listen(0, '127.0.0.1', () => resolve(undefined));
  await promise;
  // Its sandbox's HTTP servers keep a process alive; this one need not.
  server.server.unref();
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    close: () => new Promise((done) => server.close(done)),
  };
}
