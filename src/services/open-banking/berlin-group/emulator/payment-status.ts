import type { Dialect } from './dialects.ts';
import type { Payment } from './world.ts';

/** For how long a payment without money waits for some before it is rejected. */
const fundsWaitMs = 6 * 3_600_000;

const isShort = ({ status, reasonCode }: Payment): boolean => status === 'RJCT' && reasonCode === 'AM04';

/** The status as the bank writes it. */
export function wireStatus(payment: Payment, dialect: Dialect, now: Date): string {
  const { status, changedAt, cancellation, isFinal } = payment;
  if (status === 'CNCL') return dialect.cancelledWord;
  const waitedMs = now.getTime() - changedAt.getTime();
  if (isShort(payment) && dialect.waitsForFunds && waitedMs < fundsWaitMs) return 'ACCP';
  return cancellation?.state === 'refused' && !isFinal ? 'RJCR' : status;
}

/** Undefined before the bank has looked. */
export function fundsAvailable(payment: Payment): boolean | undefined {
  if (isShort(payment)) return false;
  return ['ACSP', 'ACSC', 'ACCC'].includes(payment.status) ? true : undefined;
}

/** How far the approval of the payment is. */
export function scaStatus({ status, isExempted, changedAt, createdAt, reasonCode }: Payment): string {
  if (isExempted) return 'exempted';
  if (status === 'RCVD') return changedAt > createdAt ? 'started' : 'received';
  const isUnapproved = status === 'CNCL' || (status === 'RJCT' && reasonCode === undefined);
  return isUnapproved ? 'failed' : 'finalised';
}
