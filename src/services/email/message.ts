import type { SendMailOptions } from 'nodemailer';
import type { Mailbox } from './address.ts';
import type { Mail } from './service.ts';

/** Where a mail goes from and to. */
export interface Route {
  from: Mailbox;
  /** As `readAddress` returns it. */
  to: string;
  /** More headers that the server itself reads. */
  headers: Readonly<Record<string, string>>;
}

/** Whether a mail's id can stand in a Message-ID and an envelope id as it is. */
export function isMailId(text: string): boolean {
  return /^[\w-]{1,100}$/.test(text);
}

/**
 * Headers for providers that change mails on the way, which they take out again: the Message-ID stays, and neither a
 * tracking pixel nor a tracked link is put in. Sources: Postmark, "Sending email with SMTP"; SendGrid, "Building an
 * X-SMTPAPI header".
 */
const providerHeaders: readonly { host: RegExp; headers: Route['headers'] }[] = [
  {
    host: /(^|\.)postmarkapp\.com$/,
    headers: { 'X-PM-KeepID': 'true', 'X-PM-TrackOpens': 'false', 'X-PM-TrackLinks': 'None' },
  },
  { host: /(^|\.)sendgrid\.net$/, headers: { 'X-SMTPAPI': JSON.stringify({ filters: filtersOff() }) } },
];

function filtersOff(): Record<string, unknown> {
  const off = { settings: { enable: 0 } };
  return { clicktrack: off, opentrack: off, subscriptiontrack: off, ganalytics: off };
}

/** What a server must be told with every mail. */
export function headersFor(host: string): Route['headers'] {
  return providerHeaders.find((provider) => provider.host.test(host))?.headers ?? {};
}

function messageIdOf(id: string, { domain }: Mailbox): string {
  return `<${id}@${domain}>`;
}

/**
 * The message: text first, HTML as its alternative, both UTF-8 and quoted-printable, which no server on the way has to
 * change. `Auto-Submitted` (RFC 3834) keeps autoresponders silent. There is no `List-Unsubscribe`, which
 * is for marketing.
 */
export function toMessage(mail: Mail, { from, to, headers }: Route, at: Date): SendMailOptions {
  return {
    messageId: messageIdOf(mail.id, from),
    date: at,
    from: { name: from.name, address: from.address },
    to: { name: '', address: to },
    envelope: { from: from.address, to: [to] },
    subject: mail.subject.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '),
    text: mail.text,
    html: mail.html,
    textEncoding: 'quoted-printable',
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': mail.locale, ...headers },
    xMailer: false,
    // Sent only to a server that takes it: reports then name the mail by its id.
    dsn: { id: mail.id, return: 'headers', notify: ['failure', 'delay'] },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
