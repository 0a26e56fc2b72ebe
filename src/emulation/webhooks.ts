import { randomBytes } from 'node:crypto';
import type { Scheduled } from '#domain/clock.ts';
import type { EmulatorContext } from './emulator.ts';

/** A webhook as it leaves: whatever vouches for it is in the headers. */
export interface SignedWebhook {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** What can be wrong with a webhook on its way. Every provider has `unsigned` and `foreign_key`. */
export type Corruptions = Record<
  'unsigned' | 'foreign_key' | (string & {}),
  (signed: SignedWebhook) => SignedWebhook
>;

/** How a provider signs webhooks and when it sends them again; `About` is what one tells of. */
export interface WebhookSender<About> {
  sign(about: About): SignedWebhook;
  /** Milliseconds before each further attempt at a webhook that was not acknowledged; then it is given up. */
  redeliveryDelaysMs(about: About): readonly number[];
  acknowledges(status: number): boolean;
  /** Beside `body`, which all have: one byte more than was signed. */
  corruptions: Corruptions;
}

export interface SentWebhook<About> {
  readonly id: string;
  readonly about: About;
  readonly signed: SignedWebhook;
  /** The status of every delivery, undefined where there was no answer. */
  readonly answers: (number | undefined)[];
}

const rememberedMax = 500;

/**
 * Delivers webhooks, again where they were not acknowledged, with the mischief of real networks on demand. A copy and a
 * replay are delivered once, whatever the answer: the webhook itself comes again.
 */
export class WebhookQueue<About> {
  readonly corruptions: Readonly<Record<string, (signed: SignedWebhook) => SignedWebhook>>;
  readonly #context: EmulatorContext;
  readonly #sender: WebhookSender<About>;
  readonly #scheduled = new Set<Scheduled>();
  #sent: SentWebhook<About>[] = [];
  #held: (() => Promise<unknown>)[] | undefined;
  #delayMs = 0;
  #duplicates: { copies: number; of: 'next' | 'every' } = { copies: 0, of: 'every' };
  #corruption: { how: string; left: number } | undefined;

  constructor(context: EmulatorContext, sender: WebhookSender<About>) {
    this.#context = context;
    this.#sender = sender;
    this.corruptions = { body: (signed) => ({ ...signed, body: `${signed.body} ` }), ...sender.corruptions };
  }

  send(about: About): SentWebhook<About> {
    const id = randomBytes(8).toString('hex');
    const webhook = { id, about, signed: this.#sender.sign(about), answers: [] };
    this.#sent = [...this.#sent, webhook].slice(-rememberedMax);
    const { copies, of } = this.#duplicates;
    if (of === 'next') this.duplicate(0, 'every');
    this.#leave(() => this.#attempt(webhook, 0));
    for (let copy = 0; copy < copies; copy += 1) this.#leave(() => this.#deliver(webhook));
    return webhook;
  }

  /** Keeps webhooks back until `release`. */
  hold(): void {
    this.#held ??= [];
  }

  /** Delivers what was held, each once the one before was answered; returns how many. */
  async release(order: 'sent' | 'reversed'): Promise<number> {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const deliver of order === 'sent' ? held : held.toReversed()) await deliver();
    return held.length;
  }

  /** Every webhook from now on leaves `delayMs` milliseconds late. */
  delay(delayMs: number): void {
    this.#delayMs = delayMs;
  }

  /** Delivers the next webhook, or every one from now on, `copies` times more. */
  duplicate(copies: number, of: 'next' | 'every'): void {
    this.#duplicates = { copies, of };
  }

  /** Spoils the next `times` deliveries; `how` is a name of `corruptions`. */
  corrupt(how: string, times: number): void {
    this.#corruption = { how, left: times };
  }

  /** Delivers a webhook again, byte for byte; the latest where no id is given. */
  async replay(id: string | undefined): Promise<SentWebhook<About> | undefined> {
    const webhook = id === undefined ? this.#sent.at(-1) : this.#sent.find((sent) => sent.id === id);
    if (webhook) await this.#deliver(webhook);
    return webhook;
  }

  /** Delivers all again that is remembered, each once the one before was answered; returns how many. */
  async replayAll(): Promise<number> {
    const sent = [...this.#sent];
    for (const webhook of sent) await this.#deliver(webhook);
    return sent.length;
  }

  list(): readonly SentWebhook<About>[] {
    return this.#sent;
  }

  holding(): { isHolding: boolean; held: number } {
    return { isHolding: this.#held !== undefined, held: this.#held?.length ?? 0 };
  }

  /** For the control plane: counts and mischief, no body. */
  state(): Record<string, unknown> {
    return {
      sent: this.#sent.length,
      ...this.holding(),
      delayMs: this.#delayMs,
      duplicates: this.#duplicates,
      corruption: this.#corruption,
    };
  }

  reset(): void {
    for (const scheduled of this.#scheduled) scheduled.cancel();
    this.#scheduled.clear();
    this.#sent = [];
    this.#held = undefined;
    this.#delayMs = 0;
    this.#duplicates = { copies: 0, of: 'every' };
    this.#corruption = undefined;
  }

  #leave(deliver: () => Promise<unknown>): void {
    if (this.#held) this.#held.push(deliver);
    else if (this.#delayMs > 0) this.#later(this.#delayMs, () => void deliver());
    // A delivery does not reject.
    else void deliver();
  }

  async #attempt(webhook: SentWebhook<About>, number: number): Promise<void> {
    const status = await this.#deliver(webhook);
    const delayMs = this.#sender.redeliveryDelaysMs(webhook.about)[number];
    const isTaken = status !== undefined && this.#sender.acknowledges(status);
    if (isTaken || delayMs === undefined || !this.#sent.includes(webhook)) return;
    this.#later(delayMs, () => void this.#attempt(webhook, number + 1));
  }

  async #deliver({ signed, answers }: SentWebhook<About>): Promise<number | undefined> {
    const status = await this.#context.deliver(this.#spoil(signed));
    answers.push(status);
    return status;
  }

  #later(delayMs: number, task: () => void): void {
    const scheduled = this.#context.clock.schedule(delayMs, () => {
      this.#scheduled.delete(scheduled);
      task();
    });
    this.#scheduled.add(scheduled);
  }

  #spoil(signed: SignedWebhook): SignedWebhook {
    const corruption = this.#corruption;
    if (!corruption) return signed;
    corruption.left -= 1;
    if (corruption.left <= 0) this.#corruption = undefined;
    return this.corruptions[corruption.how]?.(signed) ?? signed;
  }
}
