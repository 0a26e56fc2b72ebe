import type { HistoryFinding, PaymentHistory } from './history.ts';
import { isFinal, type PaymentStatus } from './status.ts';
import { movesOf } from './validate-moves.ts';

/** The message that tells a status; undefined for one of which the customer gets none. */
export function noticeOf<Status extends PaymentStatus>(status: Status): `payment_${Status}` | undefined {
  return isFinal(status) ? `payment_${status}` : undefined;
}

/**
 * Judges the messages in the app: each outcome once, and none that the payment does not have. An attempt that failed is
 * an outcome of its own. Where the bank contradicts, or the customer ended the payment, there may be none.
 */
export function validateTold(history: PaymentHistory): HistoryFinding[] {
  const { id, told } = history;
  if (told === undefined) return [];
  const codes = new Set([...told, ...movesOf(history).flatMap(({ status }) => noticeOf(status) ?? [])]);
  return [...codes].flatMap((code): HistoryFinding[] => {
    const [least, most] = boundsOf(history, code);
    const count = told.filter((each) => each === code).length;
    const place = { payment: id, detail: code };
    if (count < least) return [{ fault: 'not_told', ...place }];
    if (count > most) return [{ fault: most === 0 ? 'told_wrongly' : 'told_again', ...place }];
    return [];
  });
}

/** How often, at the least and at the most, the app says `code`. */
function boundsOf(history: PaymentHistory, code: string): [least: number, most: number] {
  const moves = movesOf(history).filter(({ status }) => noticeOf(status) === code);
  const isOutcome = code === 'payment_failed' || noticeOf(history.status) === code;
  if (!isOutcome || moves.length === 0) return [0, 0];
  const most = code === 'payment_failed' ? moves.length : 1;
  return [isContested(history) || isOwnDoing(history) ? 0 : most, most];
}

function isContested({ isContradicted, events }: PaymentHistory): boolean {
  return isContradicted || events.some(({ outcome }) => outcome === 'contradiction');
}

/** Whether the customer ended the payment: in Drop, at the bank just before the return, or by putting it aside. */
function isOwnDoing(history: PaymentHistory): boolean {
  const { status, dismissedAt } = history;
  if (status !== 'cancelled' && status !== 'expired') return false;
  if (dismissedAt !== undefined) return true;
  const evidence = movesOf(history).at(-1)?.evidence;
  return status === 'cancelled' && (evidence === 'customer' || evidence === 'callback');
}
