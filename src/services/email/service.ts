import type { Locale } from '#domain/locale.ts';
import type { WebhookSource } from '#inbox/webhook-source.ts';

/** The SMTP servers, in the order in which a mail tries them. */
export const mailServers = ['primary', 'backup'] as const;
export type MailServer = (typeof mailServers)[number];

/** A mail to one address. */
export interface Mail {
  /**
   * A UUID. The Message-ID and the envelope id of delivery reports derive from it (RFC 5322, 3.6.4; RFC 3461, 4.4), so
   * that every attempt has the same and a receiver can recognise a repetition.
   */
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  locale: Locale;
}

/**
 * The result of an attempt. `later`: the mail may be tried again, and may have been accepted. `never`: it can never be
 * delivered. `unusable`: the server refuses Drop itself (credentials, TLS), which says nothing about the mail. A
 * `reason` contains neither the address nor text of the mail.
 */
export type MailVerdict =
  | { kind: 'accepted' }
  | { kind: 'later'; reason: string }
  | { kind: 'never'; reason: string; statusCode: string; addressIsAtFault: boolean }
  | { kind: 'unusable'; reason: string };

/** A report that a mail was not delivered (RFC 3464). */
export interface Bounce {
  /** `id` of the mail; undefined if the report does not name it. */
  mailId: string | undefined;
  isPermanent: boolean;
  /** RFC 3463, such as `5.1.1`. */
  statusCode: string;
  reason: string;
}

/** Mail to customers and operators, by SMTP. */
export interface Email {
  /** The servers that are configured. Empty where mail is not. */
  readonly servers: readonly MailServer[];
  /** Makes one attempt, which ends within 25 s. Does not reject. */
  send(mail: Mail, server: MailServer): Promise<MailVerdict>;
  /** Reports of bounces; absent where they are not configured. */
  readonly bounces?: WebhookSource | undefined;
  /** `handler` receives each report at least once; if it throws, the report is handed over again. */
  onBounce(handler: (bounce: Bounce) => Promise<void>): void;
}
