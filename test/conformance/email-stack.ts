import { readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { systemClock, type Clock } from '#domain/clock.ts';
import { assert } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import { Faults } from '#emulation/faults.ts';
import type { OutboundAttempt } from '#outbound/attempt.ts';
import { readMailbox, type Mailbox } from '#services/email/address.ts';
import { createEmailClient, type EmailClient } from '#services/email/client.ts';
import { createEmailEmulator, type EmailEmulator } from '#services/email/emulator/emulator.ts';
import type { ServerAddress } from '#services/email/server-address.ts';
import type { Mail, MailServer } from '#services/email/service.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../outbound/fixtures/${name}`, import.meta.url), 'utf8');

const bounceSecret = 'demo-password-of-the-bounces-of-tests';
const accounts = {
  primary: { user: 'demo-primary', password: 'demo-primary-password' },
  backup: { user: 'demo-backup', password: 'demo-backup-password' },
};

const sender = readMailbox('Drop <drop@mail.drop.example>');
assert(sender, 'it is a mailbox');

/** A mail to a made-up person. */
export function mailTo(to: string, change: Partial<Mail> = {}): Mail {
  return {
    id: '0192f0aa-1111-7222-8333-944455566677',
    to,
    subject: 'Betalingen er gjennomført',
    text: 'Hei!\n\nDu betalte 100,00 kr.\n',
    html: '<p>Hei!</p><p>Du betalte 100,00 kr.</p>',
    locale: 'nb',
    ...change,
  };
}

export interface EmailStack {
  emulator: EmailEmulator;
  faults: Faults;
  client: EmailClient;
  attempts: OutboundAttempt[];
  /** What the emulator delivered to Drop. */
  delivered: { url: string; headers: Record<string, string>; body: string }[];
  /** Another client of the same servers. */
  clientWith(change: Partial<Record<MailServer, Partial<ServerAddress>>>, other?: Other): EmailClient;
  close(): Promise<void>;
}

interface Other {
  clock?: Clock;
  isSandbox?: boolean;
  from?: Mailbox;
  authority?: string;
}

/** The emulator on free ports of loopback, with or without TLS, and a client of it. Gone with the test. */
export async function startEmailStack(options: { withTls?: boolean } = {}): Promise<EmailStack> {
  const stack = await openEmailStack(options);
  onTestFinished(stack.close);
  return stack;
}

/** The same until it is closed. */
export async function openEmailStack({ withTls = false } = {}): Promise<EmailStack> {
  const faults = new Faults(systemClock, () => 0);
  const delivered: EmailStack['delivered'] = [];
  const context = {
    clock: systemClock,
    origin: 'http://localhost:1',
    faults,
    random: () => 0,
    deliver: async (webhook: EmailStack['delivered'][number]) => {
      delivered.push(webhook);
      return 200;
    },
  };
  const tls = { key: fixture('server.key.pem'), cert: fixture('server.pem') };
  const emulator = await createEmailEmulator(context, {
    accounts,
    sender: sender?.address ?? '',
    bounces: { url: 'http://localhost:1/api/email/bounces', secret: bounceSecret },
    ...(withTls && { tls }),
  });
  const attempts: OutboundAttempt[] = [];
  const clients: EmailClient[] = [];
  const clientWith: EmailStack['clientWith'] = (change, { clock = systemClock, ...other } = {}) => {
    const client = createEmailClient(
      {
        servers: { primary: addressOf('primary', change), backup: addressOf('backup', change) },
        from: sender as NonNullable<typeof sender>,
        bounceSecrets: [new Secret(bounceSecret)],
        isSandbox: !withTls,
        ...(withTls && { authority: fixture('authority.pem') }),
        ...other,
      },
      { clock, onAttempt: (attempt) => attempts.push(attempt) },
    );
    clients.push(client);
    return client;
  };
  const addressOf = (
    server: MailServer,
    change: Partial<Record<MailServer, Partial<ServerAddress>>>,
  ): ServerAddress => {
    const { user, password } = accounts[server];
    return {
      host: 'localhost',
      port: emulator.state().ports[server],
      isImplicitTls: false,
      credentials: { user, password: new Secret(password) },
      ...change[server],
    };
  };
  return {
    emulator,
    faults,
    client: clientWith({}),
    attempts,
    delivered,
    clientWith,
    async close() {
      await Promise.all(clients.map((client) => client.flush()));
      await emulator.close();
    },
  };
}
