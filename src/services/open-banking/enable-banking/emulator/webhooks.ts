import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { EmulatorContext } from '#emulation/emulator.ts';
import { WebhookQueue, type SignedWebhook } from '#emulation/webhooks.ts';
import type { EmulatorKeys } from './keys.ts';

/** Docs, "Acknowledgement of Webhooks". */
const acknowledgements = new Set([102, 200, 201, 202, 204]);
const redeliveryDelaysMs = [1_000, 5_000, 30_000, 120_000, 600_000];

/** A payment that has another status. */
export interface PaymentEvent {
  url: string;
  body: { payment_id: string; status: string };
}

/** Webhooks as Enable Banking signs them; when it repeats them is not documented and is ours. */
export function createWebhooks(context: EmulatorContext, keys: EmulatorKeys): WebhookQueue<PaymentEvent> {
  const signedBy = (privateKey: KeyObject, { url, body }: Pick<SignedWebhook, 'url' | 'body'>) =>
    signed(
      { url, body },
      { privateKey, applicationId: keys.applicationId, x5u: `${context.origin}/certs/webhooks.pem` },
    );
  return new WebhookQueue(context, {
    sign: ({ url, body }) => signedBy(keys.webhookKey().privateKey, { url, body: JSON.stringify(body) }),
    redeliveryDelaysMs: () => redeliveryDelaysMs,
    acknowledges: (status) => acknowledgements.has(status),
    corruptions: {
      unsigned: ({ url, body }) => ({ url, body, headers: { 'content-type': 'application/json' } }),
      foreign_key: (webhook) =>
        signedBy(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey, webhook),
    },
  });
}

/** A JSON Web Token over the body, in the Authorization header (docs, "Authorisation of Webhooks"). */
function signed(
  { url, body }: Pick<SignedWebhook, 'url' | 'body'>,
  { privateKey, applicationId, x5u }: { privateKey: KeyObject; applicationId: string; x5u: string },
): SignedWebhook {
  const digest = createHash('sha256').update(body).digest('base64');
  const header = { alg: 'RS256', typ: 'JWT', x5u };
  const payload = { sub: applicationId, environment: 'SANDBOX', msgi: `sha256-${digest}` };
  const signingInput = [header, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = sign('sha256', Buffer.from(signingInput), privateKey).toString('base64url');
  return {
    url,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${signingInput}.${signature}` },
    body,
  };
}
