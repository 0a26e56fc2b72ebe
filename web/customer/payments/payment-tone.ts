import type { Payment } from '#http/contract/payments.ts';
import type { PaymentStatus } from '#domain/payment/status.ts';
import type { Tone } from '#kit/parts/status-tag.tsx';

const tones: Record<PaymentStatus, Tone> = {
  created: 'info',
  initiating: 'info',
  unknown: 'warning',
  awaiting_authorisation: 'warning',
  authorised: 'info',
  scheduled: 'info',
  processing: 'info',
  settled: 'success',
  rejected: 'danger',
  cancelled: 'neutral',
  expired: 'neutral',
  failed: 'danger',
};

/** A payment that its bank contradicts is none that went well or badly: it is one to look at. */
export function toneOf({ status, isContradicted }: Pick<Payment, 'status' | 'isContradicted'>): Tone {
  return isContradicted ? 'warning' : tones[status];
}
