import { hash, timingSafeEqual } from 'node:crypto';
import { DropError } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';
import type {
  WebhookDelivery,
  WebhookHeaders,
  WebhookSource,
  WebhookVerdict,
} from '#inbox/webhook-source.ts';
import type { Mailbox } from './address.ts';
import { readDeliveryReport } from './delivery-report.ts';
import { isAddressFault } from './errors.ts';
import { formField } from './form-field.ts';
import type { Bounce, Email } from './service.ts';
import { keptReportSchema, postmarkSchema, type KeptReport } from './wire.ts';

export interface BounceOptions {
  /** One, or two during a rotation; none where no bounces are received. */
  secrets: readonly Secret[];
  /** The sender of the mails that bounce. */
  from: Mailbox;
}

/**
 * Verifies reports of bounces for the inbox and calls the handler. What is stored is only which mail it was and what
 * became of it: a report names an address and may hold the whole mail.
 */
export function createBounces({ secrets, from }: BounceOptions): Pick<Email, 'bounces' | 'onBounce'> {
  let handler: ((bounce: Bounce) => Promise<void>) | undefined;
  const bounces: WebhookSource = {
    provider: 'email',
    verify: (delivery) => judgeDelivery(delivery, { secrets, from }),
    async handle({ rawBody }) {
      const { bounce } = keptReportSchema.parse(JSON.parse(new TextDecoder().decode(rawBody)));
      if (!bounce) return;
      if (!handler) throw new DropError('internal_error', { message: 'email: no handler of bounces' });
      await handler(toBounce(bounce));
    },
  };
  return {
    ...(secrets.length > 0 && { bounces }),
    onBounce(next) {
      handler = next;
    },
  };
}

/** Other mail is acknowledged too: the server that forwards the mailbox would otherwise send it again for days. */
async function judgeDelivery(delivery: WebhookDelivery, options: BounceOptions): Promise<WebhookVerdict> {
  if (!isGenuine(delivery.headers, options.secrets))
    return { kind: 'signature_invalid', reason: 'the credentials are missing or wrong' };
  const mail = mailIn(delivery);
  if (mail === undefined) return { kind: 'malformed', reason: 'there is no raw mail in it' };
  const bounce = (await readDeliveryReport(mail, options.from.domain)) ?? null;
  const kept: KeptReport = { bounce };
  return {
    kind: 'accepted',
    deduplicationKey: hash('sha256', mail, 'hex'),
    subject: bounce?.mailId ?? 'no-mail',
    eventType: bounce?.action ?? 'other',
    kept: new TextEncoder().encode(JSON.stringify(kept)),
  };
}

/** HTTP Basic with any user, or a bearer token: both can be given to a mail server and to a provider's webhook. */
function isGenuine(headers: WebhookHeaders, secrets: readonly Secret[]): boolean {
  const [, scheme = '', value = ''] =
    /^(Basic|Bearer) +(\S+)$/i.exec(headers.get('authorization') ?? '') ?? [];
  const isBasic = scheme.toLowerCase() === 'basic';
  const given = isBasic
    ? Buffer.from(value, 'base64')
        .toString()
        .replace(/^[^:]*:/, '')
    : value;
  const isOne = secrets.map((secret) => timingSafeEqual(digest(given), digest(secret.reveal())));
  return given !== '' && isOne.includes(true);
}

function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}

/**
 * The raw mail; undefined where there is none. It is the body itself, Postmark's JSON, or the field `email` of
 * SendGrid's form, with "POST the raw, full MIME message" on.
 */
function mailIn({ headers, rawBody }: WebhookDelivery): string | Uint8Array | undefined {
  const type = headers.get('content-type') ?? '';
  if (/^application\/json\b/i.test(type)) return mailInJson(rawBody);
  const isForm = /^multipart\/form-data\b/i.test(type);
  const isMail = /^message\/(rfc822|global)\b/i.test(type);
  const mail = isForm ? formField(rawBody, type, 'email') : isMail ? rawBody : undefined;
  return mail?.length === 0 ? undefined : mail;
}

function mailInJson(rawBody: Uint8Array): string | undefined {
  try {
    return postmarkSchema.safeParse(JSON.parse(new TextDecoder().decode(rawBody))).data?.RawEmail;
  } catch {
    return undefined;
  }
}

/** `failed` with 4.x.x: the reporting server gave up waiting, and the address may be as good as before. */
function toBounce({ mailId, action, statusCode }: NonNullable<KeptReport['bounce']>): Bounce {
  const isPermanent = action === 'failed' && statusCode.startsWith('5');
  const subject = subjects[statusCode.split('.')[1] ?? ''] ?? 'another reason';
  return {
    mailId,
    isPermanent,
    addressIsAtFault: isPermanent && isAddressFault(statusCode),
    statusCode,
    reason: `${action}, ${statusCode}: ${subject}`,
  };
}

/** What the second number of a status code is about (RFC 3463, 2.2). */
const subjects: Readonly<Record<string, string>> = {
  1: 'the address',
  2: 'the mailbox',
  3: "the recipient's mail system",
  4: 'the network or the route',
  5: 'the mail protocol',
  6: 'the content',
  7: 'security or policy',
};
