import type { HistoryFinding, PaymentHistory } from './history.ts';
import { orderHash } from './order.ts';
import { moneyMoved } from './status.ts';
import { validateMoves } from './validate-moves.ts';
import { validateTold } from './validate-told.ts';

/**
 * Judges the history of one payment by the table of statuses and the laws of its money and messages. It uses no clock
 * and no database, so that the audit trail, a test's database and a simulated one are judged by the same rules.
 */
export function validatePayment(history: PaymentHistory): HistoryFinding[] {
  return [...validateMoves(history), ...validateMoney(history), ...validateTold(history)];
}

function validateMoney(history: PaymentHistory): HistoryFinding[] {
  const { id: payment, status, settledAt, isContradicted, events } = history;
  const findings: HistoryFinding[] = [];
  if (!orderHash(history.order).equals(history.orderHash)) findings.push({ fault: 'order_changed', payment });
  if ((status === 'settled') !== (settledAt !== undefined))
    findings.push({ fault: 'settled_at_changed', payment });
  const second = events.find(({ differences }) => differences.includes('second_payment'));
  if (second && !isContradicted)
    findings.push({ fault: 'contradiction_lost', payment, event: second.id, detail: 'second_payment' });
  const moved = events.find(({ outcome, differences }) => outcome === 'moved' && differences.length > 0);
  if (moved && moneyMoved(history) === 'yes') {
    const detail = moved.differences.join(', ');
    findings.push({ fault: 'settled_otherwise', payment, event: moved.id, detail });
  }
  return findings;
}
