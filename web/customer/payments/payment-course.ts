import type { Payment } from '#http/contract/payments.ts';
import type { PaymentStatus } from '#domain/payment/status.ts';
import { isDismissed, waitsForMoney } from './payment-state.ts';

/** How a payment stands at one of the three nodes: approved, at the bank, paid. */
export type NodeState = 'done' | 'now' | 'waits' | 'stopped' | 'unknown' | 'ahead';

type Course = readonly [NodeState, NodeState, NodeState];

const courses: Record<PaymentStatus, Course> = {
  created: ['waits', 'ahead', 'ahead'],
  initiating: ['waits', 'ahead', 'ahead'],
  unknown: ['unknown', 'ahead', 'ahead'],
  awaiting_authorisation: ['waits', 'ahead', 'ahead'],
  authorised: ['done', 'now', 'ahead'],
  scheduled: ['done', 'waits', 'ahead'],
  processing: ['done', 'now', 'ahead'],
  settled: ['done', 'done', 'done'],
  rejected: ['stopped', 'ahead', 'ahead'],
  cancelled: ['stopped', 'ahead', 'ahead'],
  expired: ['stopped', 'ahead', 'ahead'],
  failed: ['stopped', 'ahead', 'ahead'],
};

const approved: ReadonlySet<PaymentStatus> = new Set(['authorised', 'scheduled', 'processing', 'settled']);

type Known = Pick<Payment, 'status' | 'reason' | 'isContradicted' | 'dismissedAt' | 'timeline'>;

/** Whether the bank has reported that the customer approved it. */
export function wasApproved({ timeline }: Pick<Payment, 'timeline'>): boolean {
  return timeline.some(({ status }) => approved.has(status));
}

/** Where a payment is on its way. One that stopped, or is in doubt, is shown at the node that it had reached. */
export function courseOf(payment: Known): Course {
  const isApproved = wasApproved(payment);
  if (payment.isContradicted) return at('unknown', isApproved);
  if (isDismissed(payment)) return at('stopped', false);
  const course = courses[payment.status];
  if (course[0] === 'stopped' || course[0] === 'unknown') return at(course[0], isApproved);
  return waitsForMoney(payment) && course[1] === 'now' ? at('waits', true) : course;
}

function at(state: NodeState, isAtBank: boolean): Course {
  return isAtBank ? ['done', state, 'ahead'] : [state, 'ahead', 'ahead'];
}
