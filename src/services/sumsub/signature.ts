import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '#domain/secret.ts';

/** The signed parts of a request: everything except the host. */
export interface SignedParts {
  /** Unix time in whole seconds. */
  timestampSeconds: number;
  method: string;
  /** Path and query exactly as on the wire. */
  pathAndQuery: string;
  /** The exact body; empty when there is none. */
  body: string;
}

/**
 * The value of `X-App-Access-Sig`: lower-case hexadecimal HMAC-SHA-256 over time, method, path and body, without
 * separators. Source: Sumsub API reference, "Authentication", "Sign requests".
 */
export function signRequest(parts: SignedParts, secretKey: Secret): string {
  const { timestampSeconds, method, pathAndQuery, body } = parts;
  return createHmac('sha256', secretKey.reveal())
    .update(`${timestampSeconds}${method.toUpperCase()}${pathAndQuery}${body}`)
    .digest('hex');
}

/** The algorithms that Sumsub offers for webhooks, as `x-payload-digest-alg` names them. */
const webhookAlgorithms = ['HMAC_SHA256_HEX', 'HMAC_SHA512_HEX', 'HMAC_SHA1_HEX'] as const;
export type WebhookAlgorithm = (typeof webhookAlgorithms)[number];

const hashes: Record<WebhookAlgorithm, { name: string; bytes: number }> = {
  HMAC_SHA256_HEX: { name: 'sha256', bytes: 32 },
  HMAC_SHA512_HEX: { name: 'sha512', bytes: 64 },
  HMAC_SHA1_HEX: { name: 'sha1', bytes: 20 },
};

/**
 * The digest of a webhook's raw body, in lower-case hexadecimal. Source: Sumsub, "Webhook manager", "Verify webhook
 * payload".
 */
export function webhookDigest(rawBody: Uint8Array, algorithm: WebhookAlgorithm, secret: Secret): string {
  return createHmac(hashes[algorithm].name, secret.reveal()).update(rawBody).digest('hex');
}

/**
 * Whether `digest`, hexadecimal in any case, is the digest of `rawBody` under one of `secrets`. The comparison takes
 * constant time; a digest in another form is refused without a comparison.
 */
export function isWebhookDigest(
  digest: string,
  rawBody: Uint8Array,
  { algorithm, secrets }: { algorithm: WebhookAlgorithm; secrets: readonly Secret[] },
): boolean {
  if (!/^[0-9a-f]+$/i.test(digest) || digest.length !== hashes[algorithm].bytes * 2) return false;
  const given = Buffer.from(digest.toLowerCase());
  const matches = secrets.map((secret) =>
    timingSafeEqual(given, Buffer.from(webhookDigest(rawBody, algorithm, secret))),
  );
  return matches.includes(true);
}

/** Narrows the value of `x-payload-digest-alg`. */
export function isWebhookAlgorithm(value: string | null): value is WebhookAlgorithm {
  return webhookAlgorithms.some((algorithm) => algorithm === value);
}
