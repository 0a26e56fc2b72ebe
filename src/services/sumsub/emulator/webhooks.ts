import { createHmac, randomBytes } from 'node:crypto';
import type { EmulatorContext } from '#emulation/emulator.ts';
import { WebhookQueue, type Corruptions, type SignedWebhook } from '#emulation/webhooks.ts';
import type { EmulatedApplicant } from './applicants.ts';

/** What a webhook tells of: the applicant as it was then. */
export interface ApplicantEvent {
  readonly type: string;
  readonly externalUserId: string;
  readonly body: string;
}

interface WebhookOptions {
  webhookUrl: string;
  webhookSecret: string;
}

/** After 5 min, 1 h, 5 h, 18 h, and then no more; those of actions sooner. Source: Sumsub, "Webhook manager". */
const redeliveryDelaysMs = [300_000, 3_600_000, 18_000_000, 64_800_000];
const redeliveryDelaysOfActionsMs = [30_000, 30_000, 60_000, 300_000];

/** Webhooks as Sumsub signs and repeats them. */
export class EmulatedWebhooks extends WebhookQueue<ApplicantEvent> {
  readonly #context: EmulatorContext;
  readonly #initialUrl: string;
  readonly #target: { url: string };

  constructor(context: EmulatorContext, { webhookUrl, webhookSecret }: WebhookOptions) {
    const target = { url: webhookUrl };
    super(context, {
      sign: ({ body }) => signed(target.url, body, webhookSecret),
      redeliveryDelaysMs: ({ type }) =>
        type.startsWith('applicantAction') ? redeliveryDelaysOfActionsMs : redeliveryDelaysMs,
      acknowledges: (status) => status >= 200 && status < 300,
      corruptions: corruptions(webhookSecret),
    });
    this.#context = context;
    this.#initialUrl = webhookUrl;
    this.#target = target;
  }

  /** Webhooks from now on go to `url`, until a reset. */
  sendTo(url: string): void {
    this.#target.url = url;
  }

  override reset(): void {
    super.reset();
    this.#target.url = this.#initialUrl;
  }

  /** Tells of `applicant` as it is now; returns the webhook's id. */
  tell(applicant: EmulatedApplicant, type: string): string {
    const body = JSON.stringify(payload(applicant, type, this.#context.clock.now()));
    return this.send({ type, externalUserId: applicant.externalUserId, body }).id;
  }
}

function signed(url: string, body: string, secret: string): SignedWebhook {
  const digest = createHmac('sha256', secret).update(body).digest('hex');
  return {
    url,
    body,
    headers: {
      'content-type': 'application/json',
      'x-payload-digest': digest,
      'x-payload-digest-alg': 'HMAC_SHA256_HEX',
    },
  };
}

/** None of these may be taken. */
function corruptions(secret: string): Corruptions {
  return {
    digest: (webhook) => withDigest(webhook, digestOf(webhook).split('').reverse().join('')),
    truncated: (webhook) => withDigest(webhook, digestOf(webhook).slice(0, 16)),
    sha1(webhook) {
      const digest = createHmac('sha1', secret).update(webhook.body).digest('hex');
      return withDigest(webhook, digest, { 'x-payload-digest-alg': 'HMAC_SHA1_HEX' });
    },
    unsigned: (webhook) => ({ ...webhook, headers: { 'content-type': 'application/json' } }),
    foreign_key: ({ url, body }) => signed(url, body, randomBytes(32).toString('hex')),
    reserialised: (webhook) => ({ ...webhook, body: JSON.stringify(JSON.parse(webhook.body), null, 2) }),
  };
}

function withDigest(
  webhook: SignedWebhook,
  digest: string,
  headers: Record<string, string> = {},
): SignedWebhook {
  return { ...webhook, headers: { ...webhook.headers, 'x-payload-digest': digest, ...headers } };
}

function digestOf({ headers }: SignedWebhook): string {
  return headers['x-payload-digest'] ?? '';
}

/** Source: Sumsub, "User verification webhooks". No event id, and a time that is text without a zone. */
function payload(applicant: EmulatedApplicant, type: string, now: Date): Record<string, unknown> {
  const time = now.toISOString().replace('T', ' ').replace('Z', '');
  return {
    applicantId: applicant.id,
    inspectionId: applicant.inspectionId,
    applicantType: 'individual',
    correlationId: randomBytes(16).toString('hex'),
    levelName: applicant.levelName,
    sandboxMode: true,
    externalUserId: applicant.externalUserId,
    type,
    ...(applicant.reviewResult && { reviewResult: applicant.reviewResult }),
    reviewStatus: applicant.reviewStatus,
    createdAt: `${time.slice(0, 19)}+0000`,
    createdAtMs: time,
    clientId: 'drop-sandbox',
  };
}
