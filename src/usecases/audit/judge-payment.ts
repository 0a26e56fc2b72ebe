import { paymentOf, type AuditEntry } from '#domain/audit/entry.ts';
import type { HistoryFinding, PaymentHistory } from '#domain/payment/history.ts';
import { validatePayment } from '#domain/payment/validate-payment.ts';
import type { RecordedRows } from '#store/audit/read.ts';
import type { AuditFinding } from './findings.ts';

/** What is compared with the chain of a payment. */
export interface BesideChain {
  /** Undefined where there is no such payment. */
  history: PaymentHistory | undefined;
  /** The messages that are there of those that the chain records. */
  messages: RecordedRows | undefined;
  /** Reports before this time may be older than the trail. */
  since: Date | undefined;
}

/**
 * Compares a payment with its chain: each report has an entry, and its history breaks no law. Of a payment that is
 * older than the trail, only the status is judged.
 */
export function judgePayment(
  chain: string,
  entries: readonly AuditEntry[],
  { history, messages, since }: BesideChain,
): AuditFinding[] {
  const payment = paymentOf(chain);
  if (payment === undefined) return [];
  const place = { payment, chain };
  if (!history && entries.length === 0) return [];
  const isWhole = entries.some(({ kind }) => kind === 'order');
  if (!history) return isWhole ? [] : [{ fault: 'row_removed', ...place, row: `transactions ${payment}` }];
  const moves = new Map(entries.filter(({ kind }) => kind === 'move').map((entry) => [entry.rows, entry]));
  const added = history.events.filter(({ id, at }) => !moves.has(id) && since !== undefined && at >= since);
  const isErased = entries.some(({ salt }) => salt === null);
  const broken = validatePayment({ ...history, told: toldIn(entries, messages) })
    .filter(({ fault }) => isWhole || fault === 'status_changed')
    // Of a customer who is erased, the order is, too.
    .filter(({ fault }) => !(isErased && fault === 'order_changed'));
  return [
    ...added.map(({ id }): AuditFinding => ({
      fault: 'row_added',
      ...place,
      row: `transaction_events ${id}`,
    })),
    ...broken.map((finding) => ({ ...findingOf(finding, moves.get(finding.event ?? '')), chain })),
  ];
}

function findingOf({ fault, payment, event }: HistoryFinding, entry: AuditEntry | undefined): AuditFinding {
  const row = event === undefined ? `transactions ${payment}` : `transaction_events ${event}`;
  return { fault, payment, ...(entry && { sequence: entry.sequence }), row };
}

/** The messages in the app; undefined where some are gone, as those are after their time. */
function toldIn(entries: readonly AuditEntry[], messages: RecordedRows | undefined): string[] | undefined {
  const ids = entries.filter(({ kind }) => kind === 'notice').flatMap(({ rows }) => rows.split(','));
  const found = ids.map((id) => messages?.get(id));
  if (found.includes(undefined)) return undefined;
  return found.flatMap((row) => (row?.['channel'] === 'app' ? [String(row['code'])] : []));
}
