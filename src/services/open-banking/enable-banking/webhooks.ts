import { createHash, type KeyObject } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { Clock } from '#domain/clock.ts';
import { assert } from '#domain/errors.ts';
import type { WebhookDelivery, WebhookSource, WebhookVerdict } from '#inbox/webhook-source.ts';
import type { PaymentHint } from '#services/open-banking/service.ts';
import type { WebhookKeys } from './webhook-keys.ts';
import { webhookBodySchema } from './wire.ts';

const clockToleranceSeconds = 60;

interface Verifier {
  applicationId: string;
  keys: WebhookKeys;
  clock: Clock;
}

/**
 * Verifies webhooks by their bearer token (docs, "Authorisation of Webhooks"): a JSON Web Token, RS256 only, whose key
 * is at an address of the provider, made out to this application and over these very bytes. Only the payment's id
 * is taken from the body; the payment itself is read back.
 */
export function createWebhookSource(
  options: Verifier & { hinted(): ((hint: PaymentHint) => Promise<void>) | undefined },
): WebhookSource {
  const provider = 'enable-banking';
  return {
    provider,
    async verify(delivery) {
      const token = bearerToken(delivery);
      const reason = token === undefined ? 'no bearer token' : await refusalOf(token, delivery, options);
      if (token === undefined || reason !== undefined) {
        return { kind: 'signature_invalid', reason: reason ?? 'no bearer token' };
      }
      return accept(token, delivery);
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

function bearerToken({ headers }: WebhookDelivery): string | undefined {
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(headers.get('authorization') ?? '')?.[1];
}

/** Why the token does not vouch for the delivery; undefined when it does. What costs nothing is judged first. */
async function refusalOf(
  token: string,
  { rawBody }: WebhookDelivery,
  verifier: Verifier,
): Promise<string | undefined> {
  const claimed = decoded(token);
  if (claimed === undefined) return 'not a JSON Web Token';
  const { alg, x5u, sub, msgi } = claimed;
  if (alg !== 'RS256') return 'signed with another algorithm than RS256';
  if (typeof x5u !== 'string' || !verifier.keys.trusts(x5u)) return 'x5u is not an address of the provider';
  if (sub !== verifier.applicationId) return 'made out to another application';
  if (msgi !== `sha256-${digest(rawBody, 'base64')}`) return 'made out for another body';
  return signatureFault(token, x5u, verifier);
}

function decoded(token: string): Record<'alg' | 'x5u' | 'sub' | 'msgi', unknown> | undefined {
  try {
    const { alg, x5u } = decodeProtectedHeader(token);
    const { sub, msgi } = decodeJwt(token);
    return { alg, x5u, sub, msgi };
  } catch {
    return undefined;
  }
}

const noKey = 'there is no valid key at x5u';
const wrongSignature = 'the signature is wrong';

/** A provider may change the key behind an address, so a failing signature gets one look at the newest. */
async function signatureFault(
  token: string,
  x5u: string,
  { keys, clock }: Verifier,
): Promise<string | undefined> {
  let fault = await judgeSignature(token, await keys.keyAt(x5u), clock.now());
  if (fault === noKey || fault === wrongSignature)
    fault = await judgeSignature(token, await keys.newestKeyAt(x5u), clock.now());
  if (fault === undefined) keys.hasVerified(x5u);
  return fault;
}

async function judgeSignature(
  token: string,
  key: KeyObject | undefined,
  currentDate: Date,
): Promise<string | undefined> {
  if (key === undefined) return noKey;
  try {
    const options = { algorithms: ['RS256'], typ: 'JWT', currentDate, clockTolerance: clockToleranceSeconds };
    await jwtVerify(token, key, options);
    return undefined;
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) return wrongSignature;
    return error instanceof errors.JOSEError ? error.code : 'the token cannot be read';
  }
}

function accept(token: string, { rawBody }: WebhookDelivery): WebhookVerdict {
  const body = webhookBodySchema.safeParse(jsonOf(rawBody));
  if (!body.success) return { kind: 'malformed', reason: 'the body names no payment' };
  const { payment_id, status } = body.data;
  return {
    kind: 'accepted',
    deduplicationKey: deduplicationKey(token, rawBody, status),
    subject: payment_id,
    eventType: /^[A-Z]{4}$/.test(status ?? '') ? `payment.${status}` : 'payment',
  };
}

/**
 * A delivery that is repeated has the same body, maybe under a new token. But a body that does not say what changed is
 * the same for every change too, and then only the token tells two of them apart.
 */
function deduplicationKey(token: string, rawBody: Uint8Array, status: string | null | undefined): string {
  return digest(status === null || status === undefined ? token : rawBody, 'base64url');
}

function digest(content: string | Uint8Array, encoding: 'base64' | 'base64url'): string {
  return createHash('sha256').update(content).digest(encoding);
}

function jsonOf(rawBody: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(rawBody));
  } catch {
    return undefined;
  }
}
