import { isIP } from 'node:net';
import type { SendMailOptions, SMTPPoolOptions, Transporter } from 'nodemailer';
import { checkServerIdentity } from 'node:tls';
import type SMTPPool from 'nodemailer/lib/smtp-pool';
import type { ServerAddress } from './server-address.ts';

/** Mails that one process hands to one server per second. The caller shares out the budget of all processes. */
export const mailsPerSecondMax = 100;
export const connectionsMax = 10;
/** SendGrid allows 5,000; other servers allow fewer. */
const mailsPerConnectionMax = 100;
/** A connection that the server closed while it was idle is replaced once; not a byte of the mail had been sent. */
const requeuesMax = 1;
const connectMsMax = 10_000;
const greetingMsMax = 10_000;
const dnsMsMax = 5_000;
/** Without a byte from the server. */
const silenceMsMax = 20_000;
/** Shorter than servers wait, so that Drop closes first. */
const idleMsMax = 60_000;
const closeMsMax = 1_000;
const replyBytesMax = 65_536;

export interface ConnectionOptions {
  address: ServerAddress;
  /** Whether the server may be spoken to without TLS, if it offers none: only on loopback, in the sandbox. */
  allowPlain: boolean;
  /** How Drop names itself to the server: a full domain name (RFC 5321, 4.1.1.1). */
  ownName: string;
  /** The certificate authority of the server, in PEM; without it, those that Node trusts. */
  authority?: string | undefined;
  /** Told when the certificate of the server ends, at each connection whose certificate is trusted. */
  onCertificate?: ((endsAt: Date) => void) | undefined;
}

/** The pooled connections to one server. */
export interface Connections {
  /** Hands over one message. Rejects with nodemailer's error, and at once when `signal` aborts. */
  deliver(message: SendMailOptions, signal: AbortSignal): Promise<void>;
  /** Connects anew and offers the credentials, without a mail. Rejects with nodemailer's error. */
  verify(): Promise<void>;
  /** Closes all, those that deliver too. */
  close(): void;
}

/** Connects with the first mail. The library is loaded then: a start does not wait for it. */
export function createConnections(options: ConnectionOptions): Connections {
  let isClosed = false;
  let opened: ReturnType<typeof open> | undefined;
  return {
    async deliver(message, signal) {
      if (isClosed) throw Object.assign(new Error('the connections were closed'), { code: 'ECONNECTION' });
      const { mailer } = await (opened ??= open(options));
      await mailer.sendMail({ ...message, signal });
    },
    async verify() {
      const { mailer } = await (opened ??= open(options));
      await mailer.verify();
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      void opened?.then(({ pool }) => pool.close({ force: true }));
    },
  };
}

async function open(options: ConnectionOptions): Promise<{ pool: SMTPPool; mailer: Transporter }> {
  const [{ createTransport }, { default: SMTPPool }] = await Promise.all([
    import('nodemailer'),
    import('nodemailer/lib/smtp-pool'),
  ]);
  const pool = new SMTPPool(settingsOf(options));
  const mailer = createTransport(pool);
  // Without a listener an error of an idle connection would end the process; the next mail meets it anyway.
  mailer.on('error', () => undefined);
  return { pool, mailer };
}

function settingsOf(options: ConnectionOptions): SMTPPoolOptions {
  const { address, allowPlain, ownName, authority, onCertificate } = options;
  const { host, port, isImplicitTls, credentials } = address;
  return {
    // The library asks DNS servers even for this name, which they need not know (RFC 6761, 6.3).
    host: host === 'localhost' ? '127.0.0.1' : host,
    ...(isIP(host) === 0 && { servername: host }),
    port,
    secure: isImplicitTls,
    requireTLS: !isImplicitTls && !allowPlain,
    tls: {
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      checkServerIdentity(name, certificate) {
        onCertificate?.(new Date(certificate.valid_to));
        return checkServerIdentity(name, certificate);
      },
      ...(authority !== undefined && { ca: authority }),
    },
    ...(credentials && { auth: { user: credentials.user, pass: credentials.password.reveal() } }),
    // A server that forgets to offer AUTH must not get mail without credentials.
    forceAuth: credentials !== undefined,
    name: ownName,
    maxConnections: connectionsMax,
    maxMessages: mailsPerConnectionMax,
    maxRequeues: requeuesMax,
    rateLimit: mailsPerSecondMax,
    rateDelta: 1_000,
    idleTimeout: idleMsMax,
    connectionTimeout: connectMsMax,
    greetingTimeout: greetingMsMax,
    dnsTimeout: dnsMsMax,
    socketTimeout: silenceMsMax,
    socketCloseTimeout: closeMsMax,
    maxResponseSize: replyBytesMax,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  };
}
