import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { assert } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';
import type { WebhookDelivery, WebhookSource } from '#inbox/webhook-source.ts';
import type { PaymentHint } from '#services/open-banking/service.ts';
import { webhookBodySchema } from './wire.ts';

const provider = 'fjord-pay';

/** Webhooks carry an HMAC over method, path and body. Only the payment's id is taken from the body. */
export function createWebhookSource(options: {
  /** One, or two during a rotation. */
  secrets: readonly Secret[];
  hinted(): ((hint: PaymentHint) => Promise<void>) | undefined;
}): WebhookSource {
  return {
    provider,
    verify(delivery) {
      if (!options.secrets.some((secret) => isSigned(delivery, secret)))
        return { kind: 'signature_invalid', reason: 'the signature is missing or wrong' };
      const body = webhookBodySchema.safeParse(jsonOf(delivery.rawBody));
      if (!body.success) return { kind: 'malformed', reason: 'the body names no payment' };
      return {
        kind: 'accepted',
        deduplicationKey: createHash('sha256').update(body.data.event_id).digest('base64url'),
        subject: body.data.payment_id,
        eventType: `payment.${body.data.status ?? 'unknown'}`,
      };
    },
    async handle({ rawBody }) {
      const callback = options.hinted();
      assert(
        callback !== undefined,
        'a callback for payment hints is registered before webhooks are handled',
      );
      await callback({ provider, reference: webhookBodySchema.parse(jsonOf(rawBody)).payment_id });
    },
  };
}

function isSigned({ method, path, rawBody, headers }: WebhookDelivery, secret: Secret): boolean {
  const expected = createHmac('sha256', secret.reveal())
    .update(`${method}\n${path}\n`)
    .update(rawBody)
    .digest();
  const given = Buffer.from(headers.get('x-fjord-signature') ?? '', 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function jsonOf(rawBody: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(rawBody));
  } catch {
    return undefined;
  }
}
