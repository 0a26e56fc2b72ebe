import { createHash } from 'node:crypto';
import { plain } from './plain.ts';
import type { FoundWebhook, InboxEntry, WebhookCount } from '#store/inbox/search.ts';

export function lineOf(entry: InboxEntry): string {
  const { id, receivedAt, status, provider, eventType, subject, failures, lastError } = entry;
  const failed = failures > 0 || lastError !== null ? `  ${failures} failures: ${lastError ?? ''}` : '';
  const time = receivedAt.toISOString().slice(0, 19);
  const columns = [
    `${id}`.padStart(8),
    `${time}Z`,
    status.padEnd(8),
    provider.padEnd(15),
    eventType.padEnd(24),
  ];
  return `${plain(`${columns.join('  ')}  ${subject}${failed}`)}\n`;
}

/** `{ provider: { status: n } }`; each provider has an entry for every one of `statuses`. */
export function countsOf(
  counts: readonly WebhookCount[],
  statuses: readonly string[],
): Record<string, Record<string, number>> {
  const byProvider: Record<string, Record<string, number>> = {};
  for (const { provider, status, count } of counts) {
    byProvider[provider] ??= Object.fromEntries(statuses.map((name) => [name, 0]));
    byProvider[provider][status] = count;
  }
  return byProvider;
}

export function countLines(counts: Record<string, Record<string, number>>): string {
  const lines = Object.entries(counts).flatMap(([provider, byStatus]) =>
    Object.entries(byStatus).map(
      ([status, count]) => `${plain(provider).padEnd(16)} ${status.padEnd(9)} ${String(count).padStart(9)}\n`,
    ),
  );
  return lines.length === 0 ? 'no webhooks\n' : lines.join('');
}

/** The webhook as shown: with its raw body if `withBody`, otherwise with the structure of the body, without values. */
export function shownOf(webhook: FoundWebhook, withBody: boolean): Record<string, unknown> {
  const { rawBody, ...metadata } = webhook;
  const bodySha256 = createHash('sha256').update(rawBody).digest('hex');
  return { ...metadata, bodySha256, ...(withBody ? bodyOf(rawBody) : { bodyRedacted: formOf(rawBody) }) };
}

function bodyOf(rawBody: Buffer): Record<string, string> {
  try {
    return { body: new TextDecoder('utf-8', { fatal: true }).decode(rawBody) };
  } catch {
    return { bodyBase64: rawBody.toString('base64') };
  }
}

function formOf(rawBody: Buffer): unknown {
  try {
    return withoutValues(JSON.parse(rawBody.toString('utf8')));
  } catch {
    return 'not JSON';
  }
}

function withoutValues(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutValues);
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutValues(member)]));
}

export function shownLines(shown: Record<string, unknown>): string {
  const lines = Object.entries(shown).map(([name, value]) => {
    const text = value instanceof Date ? value.toISOString() : typeof value === 'string' ? value : undefined;
    return `${name.padEnd(17)} ${plain(text ?? JSON.stringify(value))}\n`;
  });
  return lines.join('');
}
