import type { Payment } from '#http/contract/payments.ts';
import type { PaymentStatus } from '#domain/payment/status.ts';
import { isDismissed } from './payment-state.ts';
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

/** The colour of a payment's status. A contradicted payment is a warning, since its outcome is in doubt. */
export function toneOf(payment: Payment): Tone {
  if (payment.isContradicted) return 'warning';
  return isDismissed(payment) ? 'neutral' : tones[payment.status];
}
