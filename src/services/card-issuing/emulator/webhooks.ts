import { createHmac, randomBytes } from 'node:crypto';
import type { EmulatorContext } from '#emulation/emulator.ts';
import { WebhookQueue, type SignedWebhook } from '#emulation/webhooks.ts';
import type { Kept } from './objects.ts';

/** A change that is told of. */
export interface StripeEvent {
  type: string;
  body: string;
  /** Seconds. */
  at: number;
}

/** A sandbox repeats three times over a few hours. Source: docs.stripe.com/webhooks, "Event delivery behaviors". */
const redeliveryDelaysMs = [3_600_000, 3_600_000, 3_600_000];

/** Webhooks as Stripe signs them: `t` is the time in seconds, `v1` the HMAC-SHA-256 of time, point and body. */
export class StripeWebhooks extends WebhookQueue<StripeEvent> {
  readonly #context: EmulatorContext;
  readonly #apiVersion: string;

  constructor(context: EmulatorContext, options: { url: string; secret: string; apiVersion: string }) {
    const { url, secret } = options;
    const signed = (event: StripeEvent, key: string): SignedWebhook => ({
      url,
      headers: { 'content-type': 'application/json', 'stripe-signature': signatureOf(event, key) },
      body: event.body,
    });
    super(context, {
      sign: (event) => signed(event, secret),
      redeliveryDelaysMs: () => redeliveryDelaysMs,
      acknowledges: (status) => status >= 200 && status < 300,
      corruptions: {
        unsigned: (webhook) => ({ ...webhook, headers: { 'content-type': 'application/json' } }),
        foreign_key: ({ headers, ...webhook }) => {
          const at = Math.floor(context.clock.now().getTime() / 1000);
          const foreign = signatureOf({ type: '', body: webhook.body, at }, `whsec_${'0'.repeat(32)}`);
          return { ...webhook, headers: { ...headers, 'stripe-signature': foreign } };
        },
      },
    });
    this.#context = context;
    this.#apiVersion = options.apiVersion;
  }

  /** Tells of an object as it is now. */
  tell(type: string, object: Kept): void {
    const created = Math.floor(this.#context.clock.now().getTime() / 1000);
    const event = {
      id: `evt_${randomBytes(12).toString('hex')}`,
      object: 'event',
      api_version: this.#apiVersion,
      created,
      data: { object },
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type,
    };
    this.send({ type, body: JSON.stringify(event), at: created });
  }
}

function signatureOf({ body, at }: StripeEvent, secret: string): string {
  const digest = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
  return `t=${at},v1=${digest}`;
}
