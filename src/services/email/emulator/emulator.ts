import PostalMime from 'postal-mime';
import { Hono } from 'hono';
import { z } from 'zod';
import { invalidParameters, readParameters } from '#emulation/action-parameters.ts';
import type { Emulator, EmulatorContext, EmulatorEnvironment, Letter } from '#emulation/emulator.ts';
import { pageLanguage } from '#emulation/page-language.ts';
import { Listeners } from '#emulation/listeners.ts';
import { webhookActions } from '#emulation/webhook-actions.ts';
import { createBounceSender } from './bounces.ts';
import { Mailbox, type Received, type StoredMail } from './mailbox.ts';
import { htmlPolicy, inboxPage, mailPage } from './pages.ts';
import { createSmtpFaults } from './smtp-faults.ts';
import { startSmtpServer, type Envelope, type RunningSmtpServer, type SmtpListener } from './smtp-server.ts';

const servers = ['primary', 'backup'] as const;
type Server = (typeof servers)[number];

export interface EmailEmulatorOptions {
  /** The credentials of Drop at each server. */
  accounts: Readonly<Record<Server, { user: string; password: string }>>;
  /** The address that Drop may send from. */
  sender: string;
  /** Key and certificate of both servers, in PEM; without them they offer no STARTTLS. */
  tls?: { key: string; cert: string };
  /** Where bounces are reported, e.g. `http://localhost:3000/api/email/bounces`, and the password there. */
  bounces: { url: string; secret: string };
}

export interface EmailEmulator extends Emulator {
  state(): { ports: Record<Server, number>; mails: readonly StoredMail[]; bounces: Record<string, unknown> };
  close(): Promise<void>;
}

const status = z.string().regex(/^[45]\.\d{1,3}\.\d{1,3}$/);
const how = {
  status: status.default('5.1.1'),
  action: z.enum(['failed', 'delayed']).default('failed'),
  withoutEnvelopeId: z.boolean().default(false),
};
const bounceOfMail = z.strictObject({ id: z.string().optional(), ...how });
const bounceOfNext = z.strictObject({ times: z.int().min(0).max(1_000).default(1), ...how });
type Bouncing = z.output<typeof bounceOfNext>;

/** Two mail servers, a page with their mails, and reports of bounces. Sources: RFC 5321, 3461, 3464, 4954. */
export async function createEmailEmulator(
  context: EmulatorContext,
  options: EmailEmulatorOptions,
): Promise<EmailEmulator> {
  const mailbox = new Mailbox();
  const pages = new Listeners();
  const bounces = createBounceSender(context, options.bounces);
  const next = new NextBounces();
  const running = await startServers(
    context,
    options,
    listenerOf({ context, mailbox, pages, next, bounces }),
  );
  return {
    name: 'email',
    routes: routesTo(mailbox, pages),
    reset() {
      mailbox.reset();
      bounces.reset();
      next.how = undefined;
    },
    state: () => ({
      ports: { primary: running.primary.port, backup: running.backup.port },
      mails: mailbox.list(),
      bounces: bounces.state(),
    }),
    onStage: { letters: () => mailbox.list().map(letterOf), webhooks: () => bounces.holding() },
    actions: {
      async bounce_mail(parameters) {
        const { id, ...how } = readParameters(bounceOfMail, parameters);
        const mail = id === undefined ? mailbox.list().at(-1) : mailbox.find(id);
        if (!mail?.received) throw invalidParameters('no such mail was accepted');
        bounces.send({ mail, ...how });
        return { id: mail.id };
      },
      async bounce_next(parameters) {
        const { times } = (next.how = readParameters(bounceOfNext, parameters));
        return { times };
      },
      ...webhookActions(bounces, { duplicates: 'next', corruption: 'foreign_key' }),
    },
    async close() {
      await Promise.all([running.primary.close(), running.backup.close()]);
    },
  };
}

function letterOf({ id, to, received, attempts }: StoredMail): Letter {
  const { at = new Date(0).toISOString(), reply = '' } = attempts.at(-1) ?? {};
  return { kind: 'mail', at, text: `${to}: ${received?.subject ?? reply}`, path: `/mails/${id}` };
}

/** How the next mails that are accepted bounce. */
class NextBounces {
  how: Bouncing | undefined;

  take(): Omit<Bouncing, 'times'> | undefined {
    if (!this.how || this.how.times < 1) return undefined;
    const { times, ...how } = this.how;
    this.how = { times: times - 1, ...how };
    return how;
  }
}

async function startServers(
  context: EmulatorContext,
  { accounts, sender, tls }: EmailEmulatorOptions,
  listener: SmtpListener,
): Promise<Record<Server, RunningSmtpServer>> {
  const faults = createSmtpFaults(context.faults, context.clock, servers);
  const start = (name: Server): Promise<RunningSmtpServer> =>
    startSmtpServer({ name, sender, ...accounts[name], ...(tls && { tls }) }, faults, listener);
  const [primary, backup] = await Promise.all([start('primary'), start('backup')]);
  return { primary, backup };
}

interface ListenerParts {
  context: EmulatorContext;
  mailbox: Mailbox;
  pages: Listeners;
  next: NextBounces;
  bounces: ReturnType<typeof createBounceSender>;
}

/** Keeps what the servers are offered, and reports the bounces that were asked for. */
function listenerOf({ context, mailbox, pages, next, bounces }: ListenerParts): SmtpListener {
  function keep(envelope: Envelope, id: string, reply: string, received?: Received): void {
    const attempt = { server: envelope.server, at: context.clock.now().toISOString(), reply };
    mailbox.keep(id, envelope.to, attempt, received);
    pages.tell(JSON.stringify(id));
  }
  return {
    onRefused: (envelope, reply) => keep(envelope, envelope.id ?? 'unnamed', reply),
    async onContent(envelope, message, { reply, isAccepted }) {
      const { messageId = '', ...received } = await read(message);
      const id = envelope.id ?? /^<([^@>]+)@/.exec(messageId)?.[1] ?? 'unnamed';
      keep(envelope, id, reply, isAccepted ? received : undefined);
      const how = isAccepted ? next.take() : undefined;
      const mail = mailbox.find(id);
      if (how && mail) bounces.send({ mail, ...how });
    },
  };
}

async function read(message: Buffer): Promise<Received & { messageId: string | undefined }> {
  const { subject = '', text = '', html = '', messageId } = await PostalMime.parse(message);
  return { subject, text, html, source: message.toString(), messageId };
}

function routesTo(mailbox: Mailbox, pages: Listeners): Hono<EmulatorEnvironment> {
  const routes = new Hono<EmulatorEnvironment>();
  routes.get('/', (c) => c.html(inboxPage(mailbox.list(), pageLanguage(c.req.raw))));
  routes.get('/events', () => pages.response());
  routes.get('/mails/:id', (c) => {
    const mail = mailbox.find(c.req.param('id'));
    return mail ? c.html(mailPage(mail, pageLanguage(c.req.raw))) : c.notFound();
  });
  routes.get('/mails/:id/html', (c) => {
    const html = mailbox.find(c.req.param('id'))?.received?.html;
    if (html === undefined) return c.notFound();
    return c.html(`<base target="_blank">${html}`, 200, { 'content-security-policy': htmlPolicy });
  });
  routes.get('/mails/:id/source', (c) => {
    const source = mailbox.find(c.req.param('id'))?.received?.source;
    return source === undefined ? c.notFound() : c.text(source, 200, { 'x-content-type-options': 'nosniff' });
  });
  return routes;
}
