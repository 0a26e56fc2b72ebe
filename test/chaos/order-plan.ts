import { seeded } from './deliveries.ts';

/** What a customer does about a payment. */
export interface OrderPlan {
  /** The place of the customer among all. */
  customer: number;
  /** No two orders have the same amount, so that the banks' books can be read by it. */
  amountOere: number;
  hasKid: boolean;
  /** How many requests with the one key leave at the same moment. */
  atOnce: 1 | 2;
  /** `leave` does not answer at the bank; `call_back` is done in Drop, where that is possible. */
  decision: 'approve' | 'cancel' | 'reject' | 'leave' | 'call_back';
  /** How often the customer's browser gets back from the bank to Drop: never where it is closed at the bank. */
  returns: 0 | 1 | 2;
}

const amountOereMin = 10_000;
const doubleShare = 0.1;

/** Of a hundred decisions. */
const decisions: readonly [OrderPlan['decision'], number][] = [
  ['cancel', 4],
  ['reject', 4],
  ['leave', 3],
  ['call_back', 3],
  ['approve', 100],
];
const returns: readonly [OrderPlan['returns'], number][] = [
  [0, 10],
  [2, 8],
  [1, 100],
];

/** The orders of all customers in turn. The same seed has the same orders. */
export function orderPlans(
  seed: number,
  { customers, count }: { customers: number; count: number },
): OrderPlan[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, index) => ({
    customer: index % customers,
    amountOere: amountOereMin + index,
    hasKid: random() < 0.5,
    atOnce: random() < doubleShare ? 2 : 1,
    decision: drawn(decisions, random),
    returns: drawn(returns, random),
  }));
}

/** One of the choices, by their shares of a hundred; the last takes what is left. */
export function drawn<Choice>(choices: readonly (readonly [Choice, number])[], random: () => number): Choice {
  let left = random() * 100;
  for (const [choice, share] of choices) {
    if (left < share) return choice;
    left -= share;
  }
  throw new RangeError('the shares do not add up to a hundred');
}
