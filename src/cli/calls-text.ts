import type { KeptCall, ListedCall } from '#store/outbound-call-search.ts';
import { plain } from './plain.ts';
import { secondOf, type Column } from './table.ts';

/** Time, operation, attempt, outcome, duration, and the id to quote to the provider. */
export const columns: readonly Column<ListedCall>[] = [
  { title: 'ID', of: ({ id }) => `${id}`, min: 8, right: true },
  { title: 'STARTED', of: ({ startedAt }) => secondOf(new Date(startedAt)) },
  { title: 'OPERATION', of: ({ operation }) => operation, min: 34 },
  { title: 'BANK', of: ({ bankId }) => bankId ?? '', min: 12, spare: 3 },
  { title: 'TRY', of: ({ attempt }) => `#${attempt}`, spare: 4 },
  { title: 'OUTCOME', of: ({ outcome }) => outcome, min: 10, spare: 1 },
  { title: 'END', of: endOf, min: 24, spare: 2 },
  { title: 'TOOK', of: ({ durationMs }) => `${Math.round(durationMs)} ms`, min: 9, right: true, spare: 5 },
  { title: 'REQUEST', of: ({ providerRequestId }) => providerRequestId ?? '', spare: 6 },
];

function endOf({ status, errorCode, providerCode }: ListedCall): string {
  const end = status === null ? (errorCode ?? '') : `${status}`;
  return providerCode === null ? end : `${end} ${providerCode}`;
}

/** One line for each member of the call. */
export function shownLines(shown: KeptCall): string {
  const lines = Object.entries(shown).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `${name.padEnd(17)} ${plain(text)}\n`;
  });
  return lines.join('');
}
