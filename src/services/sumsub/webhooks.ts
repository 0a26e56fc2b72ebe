import { hash } from 'node:crypto';
import type { z } from 'zod';
import { assert, DropError } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';
import type { WebhookDelivery, WebhookSource, WebhookVerdict } from '#inbox/webhook-source.ts';
import { toPresence } from './map.ts';
import type { ReviewHint, Sumsub } from './service.ts';
import { isWebhookAlgorithm, isWebhookDigest, type WebhookAlgorithm } from './signature.ts';
import { webhookEnvelopeSchema, webhookSchema } from './wire.ts';

export interface SumsubWebhookOptions {
  webhookSecrets: readonly Secret[];
  webhookAlgorithms: readonly WebhookAlgorithm[];
  acceptSandboxMode: boolean;
}

/**
 * Event types that do not concern the applicant: actions, transactions, travel rule, companies, tags. Their
 * `reviewResult` is not the applicant's. All other types are hints, including unknown ones: an unnecessary read costs
 * one call, while a missed read could leave an approval in place. Source: Sumsub, "User verification webhooks".
 */
const otherTypes = /^(applicantAction|applicantKyt|applicantTags|kyt|kyb|travelRule)/;

/** Verifies Sumsub's webhooks for the inbox and calls the callback when a review changed. */
export function createSumsubWebhooks(
  options: SumsubWebhookOptions,
): Required<Pick<Sumsub, 'webhooks' | 'onWebhook'>> {
  const { webhookSecrets } = options;
  const usable = webhookSecrets.length > 0 && webhookSecrets.every((secret) => secret.reveal() !== '');
  assert(usable, 'sumsub: a webhook secret is missing or empty; with an empty key anyone could sign');
  let callback: ((hint: ReviewHint) => Promise<void>) | undefined;

  const webhooks: WebhookSource = {
    provider: 'sumsub',
    verify: (delivery) => judgeDelivery(delivery, options),

    async handle({ eventType, rawBody }) {
      const event = read(rawBody, webhookSchema);
      if (event?.applicantId === undefined || otherTypes.test(eventType)) return;
      if (!callback)
        throw new DropError('internal_error', { message: 'sumsub: no webhook callback is registered' });
      const { applicantId, externalUserId, createdAtMs: at } = event;
      await callback({ applicantId, externalUserId, presence: toPresence(eventType), at });
    },
  };

  return {
    webhooks,
    onWebhook(next) {
      callback = next;
    },
  };
}

function judgeDelivery(delivery: WebhookDelivery, options: SumsubWebhookOptions): WebhookVerdict {
  const { rawBody, headers } = delivery;
  const algorithm = headers.get('x-payload-digest-alg');
  if (!isWebhookAlgorithm(algorithm) || !options.webhookAlgorithms.includes(algorithm))
    return { kind: 'signature_invalid', reason: 'x-payload-digest-alg is missing or not allowed' };
  const digest = headers.get('x-payload-digest') ?? '';
  if (!isWebhookDigest(digest, rawBody, { algorithm, secrets: options.webhookSecrets }))
    return { kind: 'signature_invalid', reason: 'x-payload-digest does not match the body' };
  const event = read(rawBody, webhookEnvelopeSchema);
  if (!event) return { kind: 'malformed', reason: 'the body is not an event' };
  // The signature proves that it is from Sumsub, but a test event must not affect a real customer. It is refused and
  // not ignored, so that a sandbox pointed at production shows up in Sumsub's delivery log.
  if ((isOn(event.sandboxMode) || isOn(event.testMode)) && !options.acceptSandboxMode)
    return { kind: 'malformed', reason: 'an event of the sandbox or of a test' };
  return {
    kind: 'accepted',
    deduplicationKey: hash('sha256', rawBody, 'hex'),
    subject: event.applicantId ?? 'no-applicant',
    eventType: event.type,
  };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function read<Wire extends z.ZodType>(rawBody: Uint8Array, wire: Wire): z.output<Wire> | undefined {
  try {
    return wire.parse(JSON.parse(utf8.decode(rawBody)));
  } catch {
    return undefined;
  }
}

/** Every value that is not explicitly false counts as true. */
function isOn(mode: unknown): boolean {
  return mode !== undefined && mode !== null && mode !== false && mode !== 'false';
}
