import type { BookedPayment, PaymentFault, PaymentFinding, PaymentHistory } from './history.ts';
import { differencesOf } from './order.ts';
import { isFinal, moneyMoved } from './status.ts';
import { brokenRules, shared, type LedgerRules } from './validate-ledger-rules.ts';
import { validatePayment } from './validate-payment.ts';

/** All payments of Drop, and all payments in the books of the banks. */
export interface Ledger {
  payments: readonly PaymentHistory[];
  books: readonly BookedPayment[];
  rules?: LedgerRules;
}

/**
 * Judges each payment, and Drop's ledger against the banks' books. `isOver`: nothing more happens, so no payment may be
 * open but one that the bank never answered.
 */
export function validateLedger(
  { payments, books, rules = {} }: Ledger,
  { isOver }: { isOver: boolean },
): PaymentFinding[] {
  const byReference = Map.groupBy(books, placeOf);
  const byIntent = Map.groupBy(books, ({ paymentId }) => paymentId ?? '');
  const known = new Set<BookedPayment>();
  const findings = payments.flatMap((payment) => {
    const named = payment.reference === undefined ? [] : (byReference.get(placeOf(payment)) ?? []);
    const booked = [...new Set([...named, ...(byIntent.get(payment.id) ?? [])])];
    for (const each of booked) known.add(each);
    const isNamed = payment.reference === undefined || named.length > 0;
    const ordered: PaymentFinding[] =
      rules.ordersOnce === true && booked.length > 1 ? [{ fault: 'ordered_twice', payment: payment.id }] : [];
    return [...validatePayment(payment), ...ordered, ...compare(payment, { booked, isNamed, isOver })];
  });
  const strange = books.filter((each) => !known.has(each));
  return [
    ...findings,
    ...strange.map(({ reference: payment }): PaymentFinding => ({ fault: 'not_held', payment })),
    ...shared(payments, 'reference_shared', (each) => each.reference && placeOf(each)),
    ...shared(payments, 'key_shared', ({ userId, idempotencyKey }) => `${userId} ${idempotencyKey}`),
    ...brokenRules(payments, rules),
  ];
}

/** Providers write the same id in upper and in lower case. */
const placeOf = ({ provider, reference = '' }: Pick<PaymentHistory, 'provider' | 'reference'>): string =>
  `${provider} ${reference.toLowerCase()}`;

interface AtBank {
  booked: readonly BookedPayment[];
  /** Whether the books have the payment under the reference that Drop holds. */
  isNamed: boolean;
  isOver: boolean;
}

function compare(payment: PaymentHistory, { booked, isNamed, isOver }: AtBank): PaymentFinding[] {
  const { id, status, isContradicted } = payment;
  const found = (fault: PaymentFault, detail: string = status): PaymentFinding => ({
    fault,
    payment: id,
    detail,
  });
  const paid = booked.filter(({ state }) => state === 'carried_out');
  const alive = booked.filter(({ state }) => state !== 'ended');
  const moved = moneyMoved(payment);
  const findings: PaymentFinding[] = [];
  if (paid.length > 1) findings.push(found('paid_twice'));
  if (alive.length > 1 && !isContradicted) findings.push(found('two_at_bank'));
  if (!isNamed) findings.push(found('not_at_bank'));
  if (moved === 'yes' && paid.length === 0) findings.push(found('bank_differs'));
  const mayMove = isOver ? booked.filter(({ state }) => state === 'under_way') : [];
  if (moved === 'no' && paid.length + mayMove.length > 0) findings.push(found('bank_differs'));
  const differences = paid.flatMap(({ order }) =>
    differencesOf({ ...payment.order, id }, { kind: 'read', order }),
  );
  if (moved === 'yes' && differences.length > 0)
    findings.push(found('settled_otherwise', differences.join(', ')));
  if (!isOver || isContradicted || isFinal(status)) return findings;
  if (status !== 'unknown') return [...findings, found('left_open')];
  return paid.length > 0 ? [...findings, found('left_unknown')] : findings;
}
