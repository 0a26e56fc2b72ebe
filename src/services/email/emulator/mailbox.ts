/** One attempt to hand over a mail. */
export interface Attempt {
  server: string;
  /** ISO 8601. */
  at: string;
  /** The reply as sent, or what became of it. */
  reply: string;
}

/** The parts of a mail that was accepted. */
export interface Received {
  subject: string;
  text: string;
  html: string;
  /** The message as it came. */
  source: string;
}

export interface StoredMail {
  /** The envelope id or what precedes the `@` of the Message-ID: the same on every attempt. */
  id: string;
  to: string;
  /** How often it was accepted. Without recognition of repetitions the recipient has as many copies. */
  copies: number;
  attempts: readonly Attempt[];
  /** Undefined while no attempt was accepted. */
  received: Received | undefined;
}

const mailsMax = 200;
const attemptsMax = 20;

/** The mails that were offered to the servers, the latest last; of the older ones nothing is kept. */
export class Mailbox {
  #mails: StoredMail[] = [];

  /** Keeps an attempt at the mail with this id, with the mail itself if it was accepted. */
  keep(id: string, to: string, attempt: Attempt, received?: Received): void {
    const known = this.find(id);
    const mail: StoredMail = {
      id,
      to,
      copies: (known?.copies ?? 0) + (received ? 1 : 0),
      attempts: [...(known?.attempts ?? []), attempt].slice(-attemptsMax),
      received: received ?? known?.received,
    };
    this.#mails = [...this.#mails.filter((other) => other !== known), mail].slice(-mailsMax);
  }

  find(id: string): StoredMail | undefined {
    return this.#mails.find((mail) => mail.id === id);
  }

  list(): readonly StoredMail[] {
    return this.#mails;
  }

  reset(): void {
    this.#mails = [];
  }
}
