import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import type { Clock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import type { Outbound } from '#outbound/outbound.ts';
import { createKeyCache, type KeyCache } from '#services/key-cache.ts';
import { NewestFew } from '#services/newest-few.ts';
import type { ProviderDependencies } from '#services/open-banking/definition.ts';

const certificateBytesMax = 65_536;
/** The names come from whoever sends a webhook. */
const originsMax = 8;
const hostPattern = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;

/** The keys that may sign webhooks, by the address that `x5u` names. */
export interface WebhookKeys extends KeyCache<KeyObject> {
  /** Whether `x5u` is an address of the provider: what is not is never fetched. */
  trusts(x5u: string): boolean;
}

/** Whether `value` is a host name, or an origin on loopback: the two forms of ENABLE_BANKING_WEBHOOK_HOST. */
export function isWebhookHost(value: string): boolean {
  return hostPattern.test(value) || loopbackOrigin(value) !== undefined;
}

/** The guard of these fetches has a name of its own: their failure is no failure of the API. */
export const webhookKeysGuard = 'enable-banking-webhooks';

/**
 * Fetches the certificates that `x5u` names (RFC 7515, 4.1.5). Trust in them is trust in the
 * TLS of the provider's host, hence https there or on a subdomain and nothing else.
 */
export function createWebhookKeys(options: {
  webhookHost: string;
  clock: Clock;
  createOutbound: ProviderDependencies['createOutbound'];
}): WebhookKeys {
  const { webhookHost, clock, createOutbound } = options;
  const outbounds = new NewestFew<Outbound>(originsMax);

  function outboundTo(origin: string): Outbound {
    const own = { provider: webhookKeysGuard, origins: [origin], announcesBreaker: false };
    return outbounds.getOr(origin, () => createOutbound(own));
  }

  const cache = createKeyCache({
    clock,
    load: (x5u) => fetchKey(x5u, outboundTo(new URL(x5u).origin), clock),
  });
  return { trusts: (x5u) => isTrusted(x5u, webhookHost), ...cache };
}

function isTrusted(x5u: string, webhookHost: string): boolean {
  const url = URL.parse(x5u);
  if (url === null || url.username !== '' || url.password !== '') return false;
  const loopback = loopbackOrigin(webhookHost);
  if (loopback !== undefined) return url.origin === loopback;
  const ofHost = url.hostname === webhookHost || url.hostname.endsWith(`.${webhookHost}`);
  return url.protocol === 'https:' && url.port === '' && ofHost;
}

function loopbackOrigin(value: string): string | undefined {
  const url = URL.parse(value);
  if (url === null || !/^https?:$/.test(url.protocol) || url.pathname !== '/') return undefined;
  const isLoopback =
    url.hostname === 'localhost' ||
    url.hostname === '[::1]' ||
    (isIP(url.hostname) === 4 && url.hostname.startsWith('127.'));
  return isLoopback ? url.origin : undefined;
}

async function fetchKey(x5u: string, outbound: Outbound, clock: Clock): Promise<KeyObject | undefined> {
  const operation = 'enable-banking.get_webhook_certificate';
  const response = await outbound.send({
    operation,
    method: 'GET',
    url: x5u,
    headers: { accept: 'application/x-pem-file, application/pkix-cert, */*' },
    repeatable: true,
    responseBytesMax: certificateBytesMax,
  });
  if (response.status === 429 || response.status >= 500) {
    const message = `${operation}: ${response.status}`;
    throw new DropError('provider_unavailable', { message, operation, httpStatus: response.status });
  }
  return response.status === 200 ? readKey(response.body, clock.now()) : undefined;
}

/** A certificate in PEM or DER, while it is valid; or a bare public key in PEM. RSA only. */
function readKey(body: Uint8Array, now: Date): KeyObject | undefined {
  try {
    const text = Buffer.from(body).toString('latin1');
    const key = text.includes('-----BEGIN PUBLIC KEY-----')
      ? createPublicKey(text)
      : certificateKey(new X509Certificate(body), now);
    return key?.asymmetricKeyType === 'rsa' ? key : undefined;
  } catch {
    // Neither of them: there is no key here, and the signature cannot be right.
    return undefined;
  }
}

function certificateKey(certificate: X509Certificate, now: Date): KeyObject | undefined {
  const valid = certificate.validFromDate <= now && now <= certificate.validToDate;
  return valid ? certificate.publicKey : undefined;
}
