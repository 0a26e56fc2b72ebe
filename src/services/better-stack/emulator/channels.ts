import { createTransport } from 'nodemailer';
import type { EmulatorContext } from '#emulation/emulator.ts';
import type { Delivery } from './incidents.ts';

/** An SMS as the phone of the person on call would show it. */
export interface Sms {
  to: string;
  text: string;
  at: string;
}

/** Where the sandbox's Slack and mail server are. */
export interface Receivers {
  slackWebhookUrl?: string | undefined;
  smtpUrl?: string | undefined;
  /** The sender that the mail server accepts. */
  mailFrom?: string | undefined;
}

export interface Message {
  title: string;
  text: string;
}

const smsMax = 200;
const mailTimeoutMs = 5_000;

/** How BetterStack reaches people: into the sandbox's Slack and inbox, and onto a page of SMS. */
export class Channels {
  readonly #context: EmulatorContext;
  #sms: Sms[] = [];
  receivers: Receivers = {};

  constructor(context: EmulatorContext) {
    this.#context = context;
  }

  get sms(): readonly Sms[] {
    return this.#sms;
  }

  set sms(messages: readonly Sms[]) {
    this.#sms = [...messages];
  }

  /** Returns whether it arrived. Does not reject. */
  async send({ channel, to }: Pick<Delivery, 'channel' | 'to'>, message: Message): Promise<boolean> {
    switch (channel) {
      case 'slack':
        return this.#toSlack(message);
      case 'email':
        return this.#toInbox(to, message);
      case 'sms': {
        const sms = {
          to,
          text: `${message.title}. ${message.text}`,
          at: this.#context.clock.now().toISOString(),
        };
        this.#sms = [...this.#sms, sms].slice(-smsMax);
        return true;
      }
    }
  }

  async #toSlack({ title, text }: Message): Promise<boolean> {
    const { slackWebhookUrl: url } = this.receivers;
    if (url === undefined) return false;
    const escaped = `${title}\n${text}`
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;');
    const headers = { 'content-type': 'application/json' };
    const status = await this.#context.deliver({ url, headers, body: JSON.stringify({ text: escaped }) });
    return status === 200;
  }

  async #toInbox(to: string, { title, text }: Message): Promise<boolean> {
    const { smtpUrl, mailFrom } = this.receivers;
    if (smtpUrl === undefined || mailFrom === undefined) return false;
    const limits = {
      connectionTimeout: mailTimeoutMs,
      greetingTimeout: mailTimeoutMs,
      socketTimeout: mailTimeoutMs,
    };
    const transport = createTransport({ url: smtpUrl, ignoreTLS: true, ...limits });
    try {
      await transport.sendMail({
        from: mailFrom,
        to,
        subject: `[Better Stack, etterligning] ${title}`,
        text,
      });
      return true;
    } catch {
      return false;
    } finally {
      transport.close();
    }
  }
}
