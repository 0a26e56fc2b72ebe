import type { OutboxEntry } from '#store/outbox/search.ts';
import { counted } from '#usecases/alerts/kind.ts';
import { secondOf, type Column } from './table.ts';

export const columns: readonly Column<OutboxEntry>[] = [
  { title: 'ID', of: ({ id }) => `${id}`, min: 8, right: true },
  { title: 'WRITTEN', of: ({ createdAt }) => secondOf(createdAt) },
  { title: 'STATUS', of: ({ status, instead }) => (instead === null ? status : `by ${instead}`), min: 9 },
  { title: 'OVER', of: ({ channel }) => channel, min: 5, spare: 1 },
  { title: 'CODE', of: ({ code }) => code, min: 24, spare: 2 },
  { title: 'TO', of: ({ recipient }) => recipient, spare: 3 },
  { title: 'FAILURES', of: failuresOf, spare: 4 },
];

function failuresOf({ attempts, lastError }: OutboxEntry): string {
  return lastError === null ? '' : `${counted(attempts, 'attempt')}: ${lastError}`;
}
