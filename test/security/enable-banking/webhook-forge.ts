import { createHash, createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { Agent } from 'undici';
import { ManualClock, systemClock } from '#domain/clock.ts';
import { Secret } from '#domain/secret.ts';
import type { WebhookVerdict } from '#inbox/webhook-source.ts';
import { createOutbound } from '#services/guarded-call.ts';
import { selfSignedCertificate } from '#emulation/certificate.ts';
import { enableBanking } from '#services/open-banking/enable-banking/provider.ts';
import type { OpenBankingProvider } from '#services/open-banking/service.ts';
import { listenOnLoopback } from '../../support/loopback.ts';
import { systemEntropy } from '#domain/entropy.ts';

export const applicationId = 'demo-application';
export const body = JSON.stringify({ payment_id: '497f6eca-6276-4993-bfeb-53cbbbba6f08', status: 'ACSC' });

const ownKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const foreignKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** What a forger, or the provider, may make of a webhook. */
export interface Forgery {
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
  body?: string;
  key?: KeyObject;
  /** Instead of an RSA signature. */
  signature?: (signingInput: string) => string;
}

/** The production client, and a host that serves the provider's certificate and counts who asks. */
export interface Forge {
  clock: ManualClock;
  x5u: string;
  certificate: string;
  publicKey: KeyObject;
  fetches: () => number;
  /** What the certificate's address answers from now on. */
  serve(content: string, status?: number): void;
  verify(forgery?: Forgery): Promise<WebhookVerdict>;
  verifyHeader(authorization: string | undefined): Promise<WebhookVerdict>;
  /** The same, trusting another host. */
  trusting(webhookHost: string): Pick<Forge, 'verify'>;
  close: () => Promise<void>;
}

export async function openForge(): Promise<Forge> {
  const clock = new ManualClock();
  const server = await listenOnLoopback(0);
  const dispatcher = new Agent();
  const certificate = certificateOf(ownKeys, clock.now());
  const x5u = `${server.origin}/certs/webhooks.pem`;
  let served = { content: certificate, status: 200 };
  let fetches = 0;
  server.handle(() => {
    fetches += 1;
    return new Response(served.content, { status: served.status });
  });
  const clientOf = (webhookHost: string) => createClient(webhookHost, clock, dispatcher);
  const client = clientOf(server.origin);
  return {
    clock,
    x5u,
    certificate,
    publicKey: ownKeys.publicKey,
    fetches: () => fetches,
    serve(content, status = 200) {
      served = { content, status };
    },
    verify: (forgery = {}) => deliver(client, `Bearer ${tokenOf(x5u, forgery)}`, forgery.body),
    verifyHeader: (authorization) => deliver(client, authorization),
    trusting(webhookHost) {
      const other = clientOf(webhookHost);
      return { verify: (forgery = {}) => deliver(other, `Bearer ${tokenOf(x5u, forgery)}`, forgery.body) };
    },
    async close() {
      await Promise.all([server.close(), dispatcher.close()]);
    },
  };
}

export function certificateOf(keys: { publicKey: KeyObject; privateKey: KeyObject }, now: Date): string {
  return selfSignedCertificate({ commonName: 'Test', now, ...keys });
}

/** RS256 done as HMAC with the public key for a secret: the classic confusion of algorithms. */
export function hmacWith(publicKey: KeyObject): (signingInput: string) => string {
  const secret = publicKey.export({ type: 'spki', format: 'pem' });
  return (signingInput) => createHmac('sha256', secret).update(signingInput).digest('base64url');
}

function createClient(webhookHost: string, clock: ManualClock, dispatcher: Agent): OpenBankingProvider {
  const environment = { ENABLE_BANKING_WEBHOOK_HOST: webhookHost };
  return enableBanking.createClient(enableBanking.variables.parse(environment), {
    clock,
    entropy: systemEntropy,
    webhookUrl: 'http://localhost:1/webhook',
    log: () => undefined,
    credentials: {
      clientId: applicationId,
      clientSecret: new Secret('not needed to receive'),
      callbackUrl: 'http://localhost:1/',
      webhookSecrets: [],
      tls: undefined,
    },
    createOutbound: (options) =>
      createOutbound({ ...options, clock: systemClock, dispatcher, random: () => 0 }),
  });
}

function tokenOf(x5u: string, forgery: Forgery): string {
  const digest = createHash('sha256')
    .update(forgery.body ?? body)
    .digest('base64');
  const header = { alg: 'RS256', typ: 'JWT', x5u, ...forgery.header };
  const claims = { sub: applicationId, environment: 'SANDBOX', msgi: `sha256-${digest}`, ...forgery.claims };
  const signingInput = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signed =
    forgery.signature?.(signingInput) ??
    sign('sha256', Buffer.from(signingInput), forgery.key ?? ownKeys.privateKey).toString('base64url');
  return `${signingInput}.${signed}`;
}

async function deliver(
  { webhooks }: OpenBankingProvider,
  authorization: string | undefined,
  content = body,
): Promise<WebhookVerdict> {
  if (webhooks === undefined) throw new RangeError('the provider sends webhooks');
  const headers = new Headers(authorization === undefined ? {} : { authorization });
  const path = '/api/openbanking/webhook';
  return webhooks.verify({ method: 'POST', path, rawBody: Buffer.from(content), headers });
}
