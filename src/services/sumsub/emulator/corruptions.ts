import { createHmac } from 'node:crypto';

export interface SignedWebhook {
  body: string;
  headers: Record<string, string>;
}

export const corruptionNames = ['digest', 'truncated', 'sha1', 'unsigned', 'reserialised'] as const;
export type Corruption = (typeof corruptionNames)[number];

function withDigest({ body, headers }: SignedWebhook, digest: string): SignedWebhook {
  return { body, headers: { ...headers, 'x-payload-digest': digest } };
}

function digestOf({ headers }: SignedWebhook): string {
  return headers['x-payload-digest'] ?? '';
}

/** Ways to corrupt a webhook in transit. None of the results may be accepted. */
export const corruptions: Record<Corruption, (signed: SignedWebhook, secret: string) => SignedWebhook> = {
  digest: (signed) => withDigest(signed, digestOf(signed).split('').reverse().join('')),
  truncated: (signed) => withDigest(signed, digestOf(signed).slice(0, 16)),
  sha1: ({ body, headers }, secret) => {
    const digest = createHmac('sha1', secret).update(body).digest('hex');
    const downgraded = { 'x-payload-digest': digest, 'x-payload-digest-alg': 'HMAC_SHA1_HEX' };
    return { body, headers: { ...headers, ...downgraded } };
  },
  unsigned: ({ body }) => ({ body, headers: { 'content-type': 'application/json' } }),
  reserialised: ({ body, headers }) => ({ body: JSON.stringify(JSON.parse(body), null, 2), headers }),
};
