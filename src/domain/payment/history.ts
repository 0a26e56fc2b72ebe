import type { PaymentOrder, ReportedOrder } from './order.ts';
import type { Evidence, PaymentStatus } from './status.ts';

/** A report about a payment, or what Drop concluded without one, as it was written. */
export interface HistoryEvent {
  id: string;
  status: PaymentStatus;
  evidence: Evidence;
  outcome: 'moved' | 'contradiction';
  /** The bank's own word; undefined for what Drop concluded by itself. */
  wireStatus: string | undefined;
  /** The members of a contradiction: those of the order, `reference`, or `second_payment`. */
  differences: readonly string[];
  at: Date;
}

/** A payment as Drop holds it, with everything that led to it. */
export interface PaymentHistory {
  id: string;
  userId: string;
  provider: string;
  /** The provider's id of the payment. */
  reference: string | undefined;
  idempotencyKey: string;
  status: PaymentStatus;
  order: PaymentOrder;
  /** The hash that was kept when the customer made the payment. */
  orderHash: Buffer;
  /** When the order was last claimed to be handed over. */
  initiatedAt: Date | undefined;
  settledAt: Date | undefined;
  dismissedAt: Date | undefined;
  isContradicted: boolean;
  /** In the order in which they were written. */
  events: readonly HistoryEvent[];
  /** The codes of its messages in the app, each as often as it was written; undefined where they are not all kept. */
  told: readonly string[] | undefined;
}

/** A payment in a bank's own books. */
export interface BookedPayment {
  provider: string;
  reference: string;
  /** Drop's id of the payment, by the end-to-end identification; undefined where the bank keeps none. */
  paymentId: string | undefined;
  /** `waiting` for the customer; `carried_out`: money has left the account; `ended`: none has, and none will. */
  state: 'waiting' | 'under_way' | 'carried_out' | 'ended';
  order: ReportedOrder;
}

/**
 * What the validator finds in the history of one payment:
 *
 * - `move_not_allowed`: a move that the table of statuses does not have
 * - `final_left`: a move out of a final status, which only a contradiction may deny
 * - `unproven`: a move without what it takes to know it, such as the bank's word for `settled`
 * - `status_changed`: the payment is not in the status that its last move led to
 * - `settled_at_changed`: a payment has a time of settlement and is not settled, or the reverse
 * - `order_changed`: the order is not the one whose hash was kept
 * - `settled_otherwise`: shown as settled although another order was reported, or is in the bank's books
 * - `contradiction_lost`: the bank has a second payment of the order, and the payment does not say so
 * - `sent_again`: handed over once more after the bank may have had it
 * - `not_told`, `told_again`, `told_wrongly`: the messages in the app do not say the outcome exactly once
 */
export type HistoryFault =
  | 'move_not_allowed'
  | 'final_left'
  | 'unproven'
  | 'status_changed'
  | 'settled_at_changed'
  | 'order_changed'
  | 'settled_otherwise'
  | 'contradiction_lost'
  | 'sent_again'
  | 'not_told'
  | 'told_again'
  | 'told_wrongly';

/**
 * What the validator finds among all payments and the books of the banks:
 *
 * - `reference_shared`, `key_shared`: two payments have one provider's reference, or one idempotency key
 * - `limit_exceeded`: a customer paid more in a day than the customer's own limit
 * - `concluded_early`: an order without an answer was given up before its quarantine was over
 * - `paid_twice`: the bank has carried out one order twice
 * - `ordered_twice`: the bank got one order twice, whatever became of it
 * - `two_at_bank`: the bank has two payments of one order that may be carried out, and the payment does not say so
 * - `not_held`, `not_at_bank`: the bank has a payment that Drop does not hold, or the reverse
 * - `bank_differs`: Drop and the bank do not agree on whether money has moved
 * - `left_open`: the payment is not over although time enough has passed
 * - `left_unknown`: the same, of a payment that the bank has carried out without a word
 */
export type PaymentFault =
  | HistoryFault
  | 'reference_shared'
  | 'key_shared'
  | 'limit_exceeded'
  | 'concluded_early'
  | 'paid_twice'
  | 'ordered_twice'
  | 'two_at_bank'
  | 'not_held'
  | 'not_at_bank'
  | 'bank_differs'
  | 'left_open'
  | 'left_unknown';

/** A law that a payment breaks. It has ids and fixed words, and no personal data. */
export interface PaymentFinding<Fault extends PaymentFault = PaymentFault> {
  fault: Fault;
  /** Drop's id; the provider's reference for a payment that Drop does not hold. */
  payment: string;
  /** The id of the event at which it shows. */
  event?: string;
  /** What differs, such as `settled → rejected` or the names of members. */
  detail?: string;
}

/** A finding in the history of one payment. */
export type HistoryFinding = PaymentFinding<HistoryFault>;
