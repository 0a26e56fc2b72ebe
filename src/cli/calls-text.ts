import type { KeptCall, ListedCall } from '#store/outbound-call-search.ts';
import { plain } from './plain.ts';

/** One line for one call: time, operation, attempt, outcome, duration, and the id to quote to the provider. */
export function lineOf(call: ListedCall): string {
  const { id, startedAt, operation, attempt, outcome, durationMs } = call;
  const columns = [
    `${id}`.padStart(8),
    startedAt,
    operation.padEnd(34),
    `#${attempt}`,
    outcome.padEnd(10),
    endOf(call).padEnd(24),
    `${Math.round(durationMs)} ms`.padStart(9),
  ];
  return `${plain([...columns, call.providerRequestId ?? ''].join('  ').trimEnd())}\n`;
}

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
