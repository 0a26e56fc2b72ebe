import { plain } from './plain.ts';
import type { InboxEntry } from '#store/inbox/search.ts';
import { counted } from '#usecases/alerts/kind.ts';
import type { WebhookCounts } from '#usecases/operate/webhooks.ts';
import { secondOf, type Column } from './table.ts';

export const columns: readonly Column<InboxEntry>[] = [
  { title: 'ID', of: ({ id }) => `${id}`, min: 8, right: true },
  { title: 'RECEIVED', of: ({ receivedAt }) => secondOf(receivedAt) },
  { title: 'STATUS', of: ({ status }) => status, min: 8 },
  { title: 'PROVIDER', of: ({ provider }) => provider, min: 15, spare: 1 },
  { title: 'TYPE', of: ({ eventType }) => eventType, min: 24, spare: 2 },
  { title: 'SUBJECT', of: ({ subject }) => subject, spare: 3 },
  { title: 'FAILURES', of: failuresOf, spare: 4 },
];

function failuresOf({ failures, lastError }: InboxEntry): string {
  return failures > 0 || lastError !== null ? `${counted(failures, 'failure')}: ${lastError ?? ''}` : '';
}

export function countLines(counts: WebhookCounts): string {
  const lines = Object.entries(counts).flatMap(([provider, byStatus]) =>
    Object.entries(byStatus).map(
      ([status, count]) => `${plain(provider).padEnd(16)} ${status.padEnd(9)} ${String(count).padStart(9)}\n`,
    ),
  );
  return lines.length === 0 ? 'no webhooks\n' : lines.join('');
}

export function shownLines(shown: object): string {
  const lines = Object.entries(shown).map(([name, value]: [string, unknown]) => {
    const text = value instanceof Date ? value.toISOString() : typeof value === 'string' ? value : undefined;
    return `${name.padEnd(17)} ${plain(text ?? JSON.stringify(value))}\n`;
  });
  return lines.join('');
}
