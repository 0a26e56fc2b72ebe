import { createHmac, randomBytes } from 'node:crypto';
import type { Scheduled } from '#domain/clock.ts';
import type { EmulatorContext } from '#emulation/emulator.ts';
import type { EmulatedApplicant } from './applicants.ts';
import { corruptions, type Corruption, type SignedWebhook } from './corruptions.ts';

export interface EmulatedWebhook {
  readonly id: string;
  readonly type: string;
  readonly externalUserId: string;
  readonly body: string;
  /** The status of every delivery, undefined where nobody answered. */
  readonly answers: (number | undefined)[];
}

interface WebhookOptions {
  webhookUrl: string;
  webhookSecret: string;
}

/** After 5 min, 1 h, 5 h, 18 h, and then no more; those of actions sooner. Source: Sumsub, "Webhook manager". */
const redeliveryDelaysMs = [300_000, 3_600_000, 18_000_000, 64_800_000];
const redeliveryDelaysOfActionsMs = [30_000, 30_000, 60_000, 300_000];
const keptWebhooksMax = 500;

/** Signs and delivers webhooks, again where they were not taken, with the mischief that the control plane asks for. */
export class EmulatedWebhooks {
  readonly #context: EmulatorContext;
  readonly #options: WebhookOptions;
  readonly #scheduled = new Set<Scheduled>();
  #sent: EmulatedWebhook[] = [];
  #held: EmulatedWebhook[] | undefined;
  #copies = 0;
  #delayMs = 0;
  #corruption: { how: Corruption; left: number } | undefined;

  constructor(context: EmulatorContext, options: WebhookOptions) {
    this.#context = context;
    this.#options = options;
  }

  /** Tells of `applicant` as it is now. */
  send(applicant: EmulatedApplicant, type: string): EmulatedWebhook {
    const webhook = {
      id: randomBytes(8).toString('hex'),
      type,
      externalUserId: applicant.externalUserId,
      body: JSON.stringify(payload(applicant, type, this.#context.clock.now())),
      answers: [],
    };
    this.#sent = [...this.#sent, webhook].slice(-keptWebhooksMax);
    if (this.#held) this.#held.push(webhook);
    else if (this.#delayMs === 0) this.#deliver(webhook);
    else this.#later(this.#delayMs, () => this.#deliver(webhook));
    return webhook;
  }

  hold(): void {
    this.#held ??= [];
  }

  /** Delivers what was held, one after another was answered; returns how many. */
  async release(order: 'as_sent' | 'reversed'): Promise<number> {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const webhook of order === 'reversed' ? held.reverse() : held) await this.#attempt(webhook, 0);
    return held.length;
  }

  /** Every webhook from now on leaves `delayMs` milliseconds late. */
  delay(delayMs: number): void {
    this.#delayMs = delayMs;
  }

  /** Every webhook from now on is delivered `copies` times more than once. */
  duplicate(copies: number): void {
    this.#copies = copies;
  }

  /** The next `times` deliveries are spoilt. */
  corrupt(how: Corruption, times: number): void {
    this.#corruption = { how, left: times };
  }

  /** Delivers a webhook again, byte for byte; the latest where no id is given. */
  async replay(id: string | undefined): Promise<EmulatedWebhook | undefined> {
    const webhook = id === undefined ? this.#sent.at(-1) : this.#sent.find((sent) => sent.id === id);
    if (webhook) await this.#attempt(webhook, redeliveryDelaysMs.length);
    return webhook;
  }

  list(): EmulatedWebhook[] {
    return this.#sent;
  }

  state(): unknown {
    return {
      held: this.#held?.length,
      delayMs: this.#delayMs,
      copies: this.#copies,
      corruption: this.#corruption,
    };
  }

  reset(): void {
    for (const redelivery of this.#scheduled) redelivery.cancel();
    this.#scheduled.clear();
    this.#sent = [];
    this.#held = undefined;
    this.#copies = 0;
    this.#delayMs = 0;
    this.#corruption = undefined;
  }

  #deliver(webhook: EmulatedWebhook): void {
    void this.#attempt(webhook, 0);
    for (let copy = 0; copy < this.#copies; copy += 1) void this.#attempt(webhook, redeliveryDelaysMs.length);
  }

  async #attempt(webhook: EmulatedWebhook, number: number): Promise<void> {
    const signed = this.#spoil(this.#sign(webhook.body));
    const status = await this.#context.deliver({ url: this.#options.webhookUrl, ...signed });
    webhook.answers.push(status);
    const taken = status !== undefined && status >= 200 && status < 300;
    const ofAction = webhook.type.startsWith('applicantAction');
    const delayMs = (ofAction ? redeliveryDelaysOfActionsMs : redeliveryDelaysMs)[number];
    if (taken || delayMs === undefined || !this.#sent.includes(webhook)) return;
    this.#later(delayMs, () => void this.#attempt(webhook, number + 1));
  }

  #later(delayMs: number, task: () => void): void {
    const scheduled = this.#context.clock.schedule(delayMs, () => {
      this.#scheduled.delete(scheduled);
      task();
    });
    this.#scheduled.add(scheduled);
  }

  #sign(body: string): SignedWebhook {
    const digest = createHmac('sha256', this.#options.webhookSecret).update(body).digest('hex');
    return {
      body,
      headers: {
        'content-type': 'application/json',
        'x-payload-digest': digest,
        'x-payload-digest-alg': 'HMAC_SHA256_HEX',
      },
    };
  }

  #spoil(signed: SignedWebhook): SignedWebhook {
    const corruption = this.#corruption;
    if (!corruption) return signed;
    corruption.left -= 1;
    if (corruption.left <= 0) this.#corruption = undefined;
    return corruptions[corruption.how](signed, this.#options.webhookSecret);
  }
}

/** Source: Sumsub, "User verification webhooks". No event id, and a time that is text without a zone. */
function payload(applicant: EmulatedApplicant, type: string, now: Date): Record<string, unknown> {
  const time = now.toISOString().replace('T', ' ').replace('Z', '');
  return {
    applicantId: applicant.id,
    inspectionId: applicant.inspectionId,
    applicantType: 'individual',
    correlationId: randomBytes(16).toString('hex'),
    levelName: applicant.levelName,
    sandboxMode: true,
    externalUserId: applicant.externalUserId,
    type,
    ...(applicant.reviewResult && { reviewResult: applicant.reviewResult }),
    reviewStatus: applicant.reviewStatus,
    createdAt: `${time.slice(0, 19)}+0000`,
    createdAtMs: time,
    clientId: 'drop-sandbox',
  };
}
