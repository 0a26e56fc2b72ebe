import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import type { Clock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import type { Outbound } from '#outbound/outbound.ts';
import type { ProviderDependencies } from '#services/open-banking/definition.ts';

const keptMs = 3_600_000;
/** Or anybody could make Drop fetch. */
const lookedAgainAfterMs = 60_000;
const certificatesMax = 8;
const certificateBytesMax = 65_536;
const hostPattern = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;

/** The keys that may sign webhooks. */
export interface WebhookKeys {
  /** Whether `x5u` is an address of the provider: what is not is never fetched. */
  trusts(x5u: string): boolean;
  /**
   * The key at `x5u`, undefined where there is none.
   *
   * @throws {DropError} `provider_unavailable`, `provider_timeout` when it cannot be known now.
   */
  keyAt(x5u: string): Promise<KeyObject | undefined>;
  /**
   * The same as it is now, for a signature that the key at hand does not explain. Looks at most once a minute, however
   * many ask; within it everybody gets the outcome of the last look, be it a key or a failure.
   *
   * @throws {DropError} `provider_unavailable`, `provider_timeout`.
   */
  newestKeyAt(x5u: string): Promise<KeyObject | undefined>;
}

interface Look {
  key: Promise<KeyObject | undefined>;
  at: number;
}

/** A key is good until a later look has brought another, whatever else becomes of that look. */
interface KeptKey extends Look {
  later?: Look;
}

/** Whether `value` is a host name, or an origin on loopback: the two forms of ENABLE_BANKING_WEBHOOK_HOST. */
export function isWebhookHost(value: string): boolean {
  return hostPattern.test(value) || loopbackOrigin(value) !== undefined;
}

/** The guard of these fetches has a name of its own: their failure is no failure of the API. */
export const webhookKeysGuard = 'enable-banking-webhooks';

/**
 * Fetches the certificates that `x5u` names (RFC 7515, 4.1.5) and keeps them for an hour. Trust in them is trust in the
 * TLS of the provider's host, hence https there or on a subdomain and nothing else.
 */
export function createWebhookKeys(options: {
  webhookHost: string;
  clock: Clock;
  createOutbound: ProviderDependencies['createOutbound'];
}): WebhookKeys {
  const { webhookHost, clock, createOutbound } = options;
  const kept = new Map<string, KeptKey>();
  const outbounds = new Map<string, Outbound>();

  function outboundTo(origin: string): Outbound {
    const own = { provider: webhookKeysGuard, origins: [origin], announcesBreaker: false };
    const outbound = outbounds.get(origin) ?? createOutbound(own);
    remember(outbounds, origin, outbound);
    return outbound;
  }

  const isWithin = (limitMs: number, { at }: Look): boolean => clock.now().getTime() - at < limitMs;

  function lookAt(x5u: string): Look['key'] {
    const key = fetchKey(x5u, outboundTo(new URL(x5u).origin), clock);
    const look = { key, at: clock.now().getTime() };
    const found = kept.get(x5u);
    remember(kept, x5u, found && isWithin(keptMs, found) ? { ...found, later: look } : look);
    key.then(
      () => kept.get(x5u)?.later === look && kept.set(x5u, look),
      () => kept.get(x5u) === look && kept.delete(x5u),
    );
    return key;
  }

  return {
    trusts: (x5u) => isTrusted(x5u, webhookHost),
    async keyAt(x5u) {
      const found = kept.get(x5u);
      return found && isWithin(keptMs, found) ? found.key : lookAt(x5u);
    },
    async newestKeyAt(x5u) {
      const found = kept.get(x5u);
      const last = found?.later ?? found;
      return last && isWithin(lookedAgainAfterMs, last) ? last.key : lookAt(x5u);
    },
  };
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

/** Keeps the newest few: the names come from whoever sends a webhook. */
function remember<Value>(map: Map<string, Value>, name: string, value: Value): void {
  map.delete(name);
  map.set(name, value);
  const [oldest] = map.keys();
  if (map.size > certificatesMax && oldest !== undefined) map.delete(oldest);
}
