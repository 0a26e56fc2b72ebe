import { paymentOf, type AuditEntry } from '#domain/audit/entry.ts';
import type { PaymentStatus } from '#domain/payment/status.ts';
import type { PaymentState } from '#store/audit/payments.ts';
import type { AuditFinding } from './findings.ts';

/** Statuses that a payment gets before the first report of it, or when it is sent again. */
const unreported: readonly PaymentStatus[] = ['created', 'initiating'];

/**
 * Compares a payment with its chain: each report has an entry, and the status is the one that the last move led to.
 * Reports before `since` may be older than the trail.
 */
export function judgePayment(
  chain: string,
  entries: readonly AuditEntry[],
  { state, since }: { state: PaymentState | undefined; since: Date | undefined },
): AuditFinding[] {
  const payment = paymentOf(chain);
  if (payment === undefined) return [];
  const place = { payment, chain };
  if (!state && entries.length === 0) return [];
  if (!state) {
    const isNoted = entries.some(({ kind }) => kind === 'order');
    return isNoted ? [] : [{ fault: 'row_removed', ...place, row: `transactions ${payment}` }];
  }
  const linked = new Set(entries.filter(({ kind }) => kind === 'move').map(({ rows }) => rows));
  const added = state.events.filter(({ id, at }) => !linked.has(id) && since !== undefined && at >= since);
  const findings = added.map(({ id }): AuditFinding => {
    return { fault: 'row_added', ...place, row: `transaction_events ${id}` };
  });
  if (!isReached(state)) findings.push({ fault: 'status_changed', ...place, row: `transactions ${payment}` });
  return findings;
}

/** A payment that was not sent may be sent again, which no report tells. */
function isReached({ status, events }: PaymentState): boolean {
  const last = events.findLast(({ outcome }) => outcome === 'moved')?.status;
  if (last === undefined) return unreported.includes(status);
  return status === last || (last === 'failed' && status === 'initiating');
}
