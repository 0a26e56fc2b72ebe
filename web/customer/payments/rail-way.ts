import type { Payment } from '#http/contract/payments.ts';

/** The nodes, counted from 0, between which the drop last travelled. It rests where they are the same. */
export interface Way {
  from: number;
  to: number;
}

/** A customer who comes back from the bank within this time has not yet seen that the payment is paid. */
const freshMs = 60_000;

/**
 * The way that is shown when the page opens: a payment at the bank, and one that was paid a moment ago, set out from
 * the approval. An old receipt rests.
 */
export function firstWay(payment: Pick<Payment, 'settledAt'>, course: readonly string[], now: number): Way {
  const to = reachedIn(course);
  const { settledAt } = payment;
  const isFresh = settledAt !== null && now - Date.parse(settledAt) < freshMs;
  return { from: course[to] === 'now' || (course[2] === 'done' && isFresh) ? 0 : to, to };
}

/** The way after a change of the payment: on from where the drop is. */
export function nextWay(way: Way, course: readonly string[]): Way {
  const to = reachedIn(course);
  return to === way.to ? way : { from: way.to, to };
}

function reachedIn(course: readonly string[]): number {
  return course.findLastIndex((state) => state !== 'ahead');
}
