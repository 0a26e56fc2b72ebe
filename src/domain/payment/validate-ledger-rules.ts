import { osloDay } from '../oslo-time.ts';
import type { PaymentFault, PaymentFinding, PaymentHistory } from './history.ts';
import { moneyMoved } from './status.ts';
import { movesOf } from './validate-moves.ts';

/** What is known beside payments and books; a rule that is absent is not judged. */
export interface LedgerRules {
  /** What customers let themselves pay in a day in Norway, in hundredths, by their ids. */
  dayLimits?: ReadonlyMap<string, number>;
  /** The quarantines of unanswered initiations, in milliseconds, by provider. */
  quarantinesMs?: ReadonlyMap<string, number>;
  /** Whether nothing but Drop repeats an order, so that a bank gets each only once, whatever becomes of it. */
  ordersOnce?: boolean;
}

/** The payments that break a rule. */
export function brokenRules(payments: readonly PaymentHistory[], rules: LedgerRules): PaymentFinding[] {
  const { dayLimits = new Map(), quarantinesMs = new Map() } = rules;
  return [...aboveLimits(payments, dayLimits), ...concludedEarly(payments, quarantinesMs)];
}

/** The payments with which their customers went above what they let themselves pay in a day. */
function aboveLimits(
  payments: readonly PaymentHistory[],
  dayLimits: ReadonlyMap<string, number>,
): PaymentFinding[] {
  const sums = new Map<string, number>();
  return payments.flatMap((payment): PaymentFinding[] => {
    const { id, userId, initiatedAt, order } = payment;
    const limit = dayLimits.get(userId);
    if (limit === undefined || initiatedAt === undefined || moneyMoved(payment) === 'no') return [];
    const day = `${userId} ${osloDay(initiatedAt)}`;
    const sum = (sums.get(day) ?? 0) + order.money.amount;
    sums.set(day, sum);
    return sum > limit ? [{ fault: 'limit_exceeded', payment: id }] : [];
  });
}

/** The payments that Drop gave up before their quarantine was over. */
function concludedEarly(
  payments: readonly PaymentHistory[],
  quarantinesMs: ReadonlyMap<string, number>,
): PaymentFinding[] {
  return payments.flatMap((payment) => {
    const { id, provider, initiatedAt = new Date(0) } = payment;
    const overMs = initiatedAt.getTime() + (quarantinesMs.get(provider) ?? 0);
    return movesOf(payment)
      .filter(({ status, wireStatus }) => status === 'expired' && wireStatus === undefined)
      .filter(({ at }) => at.getTime() < overMs)
      .map(({ id: event }): PaymentFinding => ({ fault: 'concluded_early', payment: id, event }));
  });
}

/** The payments after the first that have the same key. */
export function shared(
  payments: readonly PaymentHistory[],
  fault: PaymentFault,
  keyOf: (payment: PaymentHistory) => string | undefined,
): PaymentFinding[] {
  const seen = new Set<string>();
  return payments.flatMap((payment) => {
    const key = keyOf(payment);
    if (key !== undefined && seen.has(key)) return [{ fault, payment: payment.id }];
    if (key !== undefined) seen.add(key);
    return [];
  });
}
