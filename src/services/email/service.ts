import type { Locale } from '#domain/locale.ts';
import type { WebhookSource } from '#inbox/webhook-source.ts';

/** The servers that mail can go through, in the order in which they are tried. */
export const mailServers = ['primary', 'backup'] as const;
export type MailServer = (typeof mailServers)[number];

/** One mail to one address, rendered. It has no attachments, and nothing in it is fetched or tracked. */
export interface Mail {
  /**
   * The outbox entry's id: a UUID, or other letters, digits and hyphens. It becomes the Message-ID and the DSN envelope
   * id, the same on every attempt, so that a recipient's server can recognise a repetition and a bounce can be matched.
   */
  id: string;
  /** The bare address, such as `kari@example.com`. */
  to: string;
  /** One line; control characters become spaces. */
  subject: string;
  text: string;
  html: string;
  /** The language of the texts. */
  locale: Locale;
}

/**
 * What an attempt has shown. `later`: the mail may be tried again; it may have been delivered nevertheless, if the
 * answer was lost. `never`: this mail can never be delivered; `addressIsAtFault` if the server said that there is no
 * such mailbox or that it is closed. `unusable`: the server refuses Drop itself (credentials, TLS, the sender, not
 * configured), which says nothing about the mail. A reason names codes and steps of SMTP only: no address, no text of
 * the mail, no credentials.
 */
export type MailVerdict =
  | { kind: 'accepted' }
  | { kind: 'later'; reason: string }
  | { kind: 'never'; reason: string; addressIsAtFault: boolean }
  | { kind: 'unusable'; reason: string };

/**
 * A report that a mail was not delivered after a server had accepted it (RFC 3464). It holds no address: the outbox
 * entry knows whom the mail was for.
 */
export interface Bounce {
  /** The `id` of the mail. */
  mailId: string;
  /** Whether the mail is given up. False while the reporting server still tries. */
  isPermanent: boolean;
  /** Whether the status says that there is no such mailbox, or that it is closed. */
  addressIsAtFault: boolean;
  /** The enhanced status code (RFC 3463), such as `5.1.1`. */
  statusCode: string;
  /** For operators and for the reason of a suppression, such as `failed, 5.1.1: the address`. */
  reason: string;
}

/**
 * Mail by SMTP. Sources: RFC 5321 (SMTP), RFC 3463 (status codes), RFC 3461 and 3464 (delivery reports). When and how
 * often a mail is tried is the caller's: the client makes one attempt at a time and keeps nothing.
 */
export interface Email {
  /** The servers that are configured, in the order in which they are tried. Empty where there is none. */
  readonly servers: readonly MailServer[];
  /** Makes one attempt. Does not reject, and ends within 25 s, however slowly the server answers. */
  send(mail: Mail, server: MailServer): Promise<MailVerdict>;
  /** Verifies and handles reports of bounces for the inbox; absent where no secret for them is configured. */
  readonly bounces?: WebhookSource;
  /** Registers the handler of bounces. There is one; the last one registered is used. It may be called twice. */
  onBounce(handler: (bounce: Bounce) => Promise<void>): void;
}
