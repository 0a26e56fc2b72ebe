import type { OutboxEntry } from '#store/outbox/search.ts';
import { counted } from '#usecases/alerts/kind.ts';
import { plain } from './plain.ts';

export function lineOf(entry: OutboxEntry): string {
  const { id, createdAt, status, channel, code, recipient, attempts, lastError } = entry;
  const failed = lastError === null ? '' : `  ${counted(attempts, 'attempt')}: ${lastError}`;
  const columns = [
    `${id}`.padStart(8),
    `${createdAt.toISOString().slice(0, 19)}Z`,
    status.padEnd(9),
    channel.padEnd(5),
    code.padEnd(24),
  ];
  return `${plain(`${columns.join('  ')}  ${recipient}${failed}`)}\n`;
}
