import type { NodemailerError } from 'nodemailer';
import type { Clock } from '#domain/clock.ts';
import type { Secret } from '#domain/secret.ts';
import type { OutboundAttempt } from '#outbound/attempt.ts';
import { readAddress, type Mailbox } from './address.ts';
import { createBounces } from './bounces.ts';
import { createConnections, type Connections } from './connections.ts';
import { judge, type FailedAttempt } from './errors.ts';
import { headersFor, isMailId, toMessage } from './message.ts';
import type { ServerAddress } from './server-address.ts';
import { mailServers, type Email, type Mail, type MailServer, type MailVerdict } from './service.ts';

export interface EmailOptions {
  servers: Readonly<Partial<Record<MailServer, ServerAddress>>>;
  from: Mailbox;
  /** What senders of bounces prove themselves with: one, or two during a rotation; none where none are received. */
  bounceSecrets: readonly Secret[];
  /** Whether a server on loopback may be spoken to without TLS. */
  isSandbox: boolean;
  /** The certificate authority of the servers, in PEM; without it, those that Node trusts. */
  authority?: string;
}

export interface EmailDependencies {
  clock: Clock;
  /** Told of every attempt, without address and content. */
  onAttempt?: ((attempt: OutboundAttempt) => void) | undefined;
}

export interface EmailClient extends Email {
  /** For shutdown: closes the connections. Mail that is being sent ends as `later`. */
  flush(): Promise<void>;
  /** By guard: `open` while the last attempt got no usable answer from the server, else `closed`. */
  breakerStates(): Record<string, 'open' | 'closed'>;
}

/** The names of the servers in health, metrics and recorded calls. */
export const guards: Readonly<Record<MailServer, string>> = { primary: 'email', backup: 'email-backup' };

/** All waiting of an attempt: for a connection, for the pace, and for every answer of the server. */
export const attemptMsMax = 24_000;

const loopback = new Set(['localhost', '127.0.0.1', '::1']);

/** One server: how it is reached, and whether it answered last. */
interface Line {
  guard: string;
  address: ServerAddress;
  connections: Connections;
  headers: Readonly<Record<string, string>>;
  isOpen: boolean;
}

/** Mail over SMTP, through pooled connections. */
export function createEmailClient(options: EmailOptions, dependencies: EmailDependencies): EmailClient {
  const { clock } = dependencies;
  const { from } = options;
  const lines = new Map(mailServers.flatMap((server) => lineTo(server, options)));
  const { bounces, onBounce } = createBounces({ secrets: options.bounceSecrets, from });

  async function attempt(mail: Mail, to: string, line: Line): Promise<FailedAttempt | undefined> {
    const late = new AbortController();
    const timer = clock.schedule(attemptMsMax, () => late.abort(), { keepsAlive: true });
    try {
      const route = { from, to, headers: line.headers };
      await line.connections.deliver(toMessage(mail, route, clock.now()), late.signal);
      return undefined;
    } catch (error) {
      return judge(error as NodemailerError);
    } finally {
      timer.cancel();
    }
  }

  return {
    servers: [...lines.keys()],
    async send(mail, server) {
      const line = lines.get(server);
      if (!line) return { kind: 'unusable', reason: 'no such server is configured' };
      const to = readAddress(mail.to)?.address;
      if (to === undefined)
        return { kind: 'never', reason: 'the address is malformed', addressIsAtFault: true };
      if (!isMailId(mail.id))
        return { kind: 'never', reason: 'the id is malformed', addressIsAtFault: false };
      const begun = { startedAt: clock.now(), startedMs: clock.monotonicMs() };
      const failed = await attempt(mail, to, line);
      line.isOpen = failed !== undefined && isServerAtFault(failed);
      const durationMs = clock.monotonicMs() - begun.startedMs;
      dependencies.onAttempt?.(observed(line, failed, { startedAt: begun.startedAt, durationMs }));
      return verdictOf(failed);
    },
    ...(bounces && { bounces }),
    onBounce,
    async flush() {
      for (const { connections } of lines.values()) connections.close();
    },
    breakerStates: () =>
      Object.fromEntries([...lines.values()].map(({ guard, isOpen }) => [guard, isOpen ? 'open' : 'closed'])),
  };
}

function lineTo(server: MailServer, options: EmailOptions): [MailServer, Line][] {
  const address = options.servers[server];
  if (!address) return [];
  const connections = connectionsTo(address, options);
  return [
    [
      server,
      { guard: guards[server], address, connections, headers: headersFor(address.host), isOpen: false },
    ],
  ];
}

/** The connections to one server, made as the options say. */
export function connectionsTo(
  address: ServerAddress,
  { isSandbox, from, authority }: Pick<EmailOptions, 'isSandbox' | 'from' | 'authority'>,
  onCertificate?: (endsAt: Date) => void,
): Connections {
  const allowPlain = isSandbox && loopback.has(address.host);
  return createConnections({ address, allowPlain, ownName: from.domain, authority, onCertificate });
}

/** A refusal of one mail is an answer: the server is well. */
function isServerAtFault({ verdict, status }: FailedAttempt): boolean {
  return verdict.kind === 'unusable' || (verdict.kind === 'later' && status === undefined);
}

function verdictOf(failed: FailedAttempt | undefined): MailVerdict {
  return failed?.verdict ?? { kind: 'accepted' };
}

/** The attempt in the form of a call: the reply code is its status, and there is nothing of the mail in it. */
function observed(
  { guard, address }: Line,
  failed: FailedAttempt | undefined,
  times: Pick<OutboundAttempt, 'startedAt' | 'durationMs'>,
): OutboundAttempt {
  const { isImplicitTls, host, port } = address;
  const name = host.includes(':') ? `[${host}]` : host;
  const status = failed ? failed.status : 250;
  const silence = failed?.isTimeout ? 'provider_timeout' : 'provider_unavailable';
  return {
    ...times,
    provider: guard,
    operation: 'email.send',
    scope: undefined,
    attempt: 1,
    method: 'SEND',
    origin: `${isImplicitTls ? 'smtps' : 'smtp'}://${name}:${port}`,
    status,
    errorCode: status === undefined ? silence : undefined,
    judgement: { failure: undefined, providerCode: failed?.statusCode },
    refusedBy: undefined,
    requestBody: undefined,
    response: undefined,
    traceparent: undefined,
    ids: {},
  };
}
