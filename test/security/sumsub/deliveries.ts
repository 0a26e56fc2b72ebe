import { createHmac } from 'node:crypto';
import { Secret } from '#domain/secret.ts';
import type { WebhookDelivery } from '#inbox/webhook-source.ts';
import { createSumsubWebhooks, type SumsubWebhookOptions } from '#services/sumsub/webhooks.ts';

export const secret = 'demo-webhook-secret';

/** The example in Sumsub's documentation, with made-up ids. */
export const approval = {
  applicantId: '5c9e177b0a975a6eeccf5960',
  inspectionId: '5c9e177b0a975a6eeccf5961',
  applicantType: 'individual',
  correlationId: 'a4cc8c598736a2a00b8e8afbd61e985e',
  levelName: 'basic-kyc-level',
  sandboxMode: false,
  externalUserId: 'b7a3a0c2-5f0e-4a57-9c58-0f8c9d1e2a3b',
  type: 'applicantReviewed',
  reviewResult: { reviewAnswer: 'GREEN' },
  reviewStatus: 'completed',
  createdAt: '2026-02-23 14:30:00+0000',
  createdAtMs: '2026-02-23 14:30:00.123',
};

/** The production settings with some changes. */
export function webhooksWith(change: Partial<SumsubWebhookOptions> = {}) {
  return createSumsubWebhooks({
    webhookSecrets: [new Secret(secret)],
    webhookAlgorithms: ['HMAC_SHA256_HEX', 'HMAC_SHA512_HEX'],
    acceptSandboxMode: false,
    ...change,
  });
}

interface Signing {
  key?: string;
  hash?: 'sha256' | 'sha512' | 'sha1';
  /** The algorithm header; by default the one that matches `hash`. */
  algorithm?: string;
  /** Sent instead of the true digest. */
  digest?: (digest: string) => string;
}

export interface SignedDelivery extends WebhookDelivery {
  headers: Headers;
}

/** A delivery of `body` with a valid signature, except for the changes in `signing`. */
export function deliveryOf(body: string | Uint8Array, signing: Signing = {}): SignedDelivery {
  const { key = secret, hash = 'sha256', digest = (unchanged) => unchanged } = signing;
  const rawBody = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const signature = digest(createHmac(hash, key).update(rawBody).digest('hex'));
  const algorithm = signing.algorithm ?? `HMAC_${hash.toUpperCase()}_HEX`;
  const headers = new Headers({ 'x-payload-digest': signature, 'x-payload-digest-alg': algorithm });
  return { rawBody, headers };
}

export function signedApproval(signing: Signing = {}): SignedDelivery {
  return deliveryOf(JSON.stringify(approval), signing);
}
