import { createHash, timingSafeEqual } from 'node:crypto';
import { assert } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';
import type { WebhookDelivery, WebhookSource } from '#inbox/webhook-source.ts';
import type { PaymentHint } from '#services/open-banking/service.ts';
import { webhookBodySchema } from './wire.ts';

const provider = 'neonomics';

/**
 * Webhooks carry a key that Drop chose, and nothing that covers the body: whoever knows the key can write any body. So
 * nothing of it counts but the reference, and the payment is read. Names, account numbers and amounts are not stored.
 */
export function createWebhookSource(options: {
  /** One, or two during a rotation. */
  keys: readonly Secret[];
  hinted(): ((hint: PaymentHint) => Promise<void>) | undefined;
}): WebhookSource {
  return {
    provider,
    verify(delivery) {
      if (!hasKey(delivery, options.keys))
        return { kind: 'signature_invalid', reason: 'the api-key is missing or wrong' };
      const body = webhookBodySchema.safeParse(jsonOf(delivery.rawBody));
      if (!body.success) return { kind: 'malformed', reason: 'the body names no payment' };
      const { referenceId, status } = body.data;
      return {
        kind: 'accepted',
        deduplicationKey: createHash('sha256').update(delivery.rawBody).digest('base64url'),
        subject: referenceId,
        eventType: /^[A-Z_]{1,40}$/.test(status ?? '') ? `payment.${status}` : 'payment',
        kept: Buffer.from(JSON.stringify({ referenceId })),
      };
    },
    async handle({ rawBody }) {
      const callback = options.hinted();
      assert(
        callback !== undefined,
        'a callback for payment hints is registered before webhooks are handled',
      );
      await callback({ provider, reference: webhookBodySchema.parse(jsonOf(rawBody)).referenceId });
    },
  };
}

/** The digests are compared, so that neither length nor content shows in the time. */
function hasKey({ headers }: WebhookDelivery, keys: readonly Secret[]): boolean {
  const given = headers.get('api-key');
  if (given === null) return false;
  return keys.some((key) => timingSafeEqual(digest(given), digest(key.reveal())));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function jsonOf(rawBody: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(rawBody));
  } catch {
    return undefined;
  }
}
