import {
  CheckmarkCircleFillIcon,
  CircleSlashFillIcon,
  ClockFillIcon,
  HourglassTopFilledIcon,
  QuestionmarkDiamondFillIcon,
  XMarkOctagonFillIcon,
} from '@navikt/aksel-icons';
import type { Payment } from '#http/contract/payments.ts';
import type { PaymentStatus } from '#domain/payment/status.ts';
import { isDismissed } from './payment-state.ts';

type Icon = typeof CheckmarkCircleFillIcon;

const icons: Record<PaymentStatus, Icon> = {
  created: HourglassTopFilledIcon,
  initiating: HourglassTopFilledIcon,
  unknown: QuestionmarkDiamondFillIcon,
  awaiting_authorisation: ClockFillIcon,
  authorised: HourglassTopFilledIcon,
  scheduled: ClockFillIcon,
  processing: HourglassTopFilledIcon,
  settled: CheckmarkCircleFillIcon,
  rejected: XMarkOctagonFillIcon,
  cancelled: CircleSlashFillIcon,
  expired: CircleSlashFillIcon,
  failed: XMarkOctagonFillIcon,
};

/** The sign of a payment's state: success, an end without success, waiting and doubt differ in shape, too. */
export function PaymentIcon({ payment }: { payment: Payment }) {
  const Shown = iconOf(payment);
  return <Shown aria-hidden />;
}

function iconOf(payment: Payment): Icon {
  if (payment.isContradicted) return icons.unknown;
  return isDismissed(payment) ? icons.cancelled : icons[payment.status];
}
