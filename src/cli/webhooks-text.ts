import { plain } from './plain.ts';
import type { InboxEntry } from '#store/inbox/search.ts';
import { counted } from '#usecases/alerts/kind.ts';
import type { WebhookCounts } from '#usecases/operate/webhooks.ts';

export function lineOf(entry: InboxEntry): string {
  const { id, receivedAt, status, provider, eventType, subject, failures, lastError } = entry;
  const failed =
    failures > 0 || lastError !== null ? `  ${counted(failures, 'failure')}: ${lastError ?? ''}` : '';
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

export function countLines(counts: WebhookCounts): string {
  const lines = Object.entries(counts).flatMap(([provider, byStatus]) =>
    Object.entries(byStatus).map(
      ([status, count]) => `${plain(provider).padEnd(16)} ${status.padEnd(9)} ${String(count).padStart(9)}\n`,
    ),
  );
  return lines.length === 0 ? 'no webhooks\n' : lines.join('');
}

export function shownLines(shown: Record<string, unknown>): string {
  const lines = Object.entries(shown).map(([name, value]) => {
    const text = value instanceof Date ? value.toISOString() : typeof value === 'string' ? value : undefined;
    return `${name.padEnd(17)} ${plain(text ?? JSON.stringify(value))}\n`;
  });
  return lines.join('');
}
