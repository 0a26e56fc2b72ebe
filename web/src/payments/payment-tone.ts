import type { PaymentStatus } from '../../../src/domain/payment.ts';
import type { Tone } from '../ui/status-tag.tsx';

export const paymentTones: Record<PaymentStatus, Tone> = {
  created: 'info',
  awaiting_authorisation: 'warning',
  authorised: 'info',
  processing: 'info',
  settled: 'success',
  rejected: 'danger',
  cancelled: 'neutral',
  failed: 'danger',
};
