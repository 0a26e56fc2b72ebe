import {
  CheckmarkCircleFillIcon,
  CircleSlashFillIcon,
  ClockFillIcon,
  HourglassTopFilledIcon,
  QuestionmarkDiamondFillIcon,
  XMarkOctagonFillIcon,
} from '@navikt/aksel-icons';
import type { ReactNode } from 'react';
import type { Payment } from '#http/contract/payments.ts';
import { isFinal, type PaymentStatus } from '#domain/payment/status.ts';
import { useFormat } from '#kit/locale/format.ts';
import { Figures } from '#kit/parts/figures.tsx';
import { useTexts } from '../texts/texts.ts';
import { isDismissed } from './payment-state.ts';
import { PaymentActions } from './payment-actions.tsx';
import { PaymentArrival } from './payment-arrival.tsx';
import { PaidBalance } from './paid-balance.tsx';
import { PaymentRail } from './payment-rail.tsx';
import { PaymentLive, type ReadState } from './payment-live.tsx';
import { toneOf } from './payment-tone.ts';
import { explanationOf, headlineOf, moneyOf } from './payment-words.ts';

const icons: Record<PaymentStatus, ReactNode> = {
  created: <HourglassTopFilledIcon aria-hidden />,
  initiating: <HourglassTopFilledIcon aria-hidden />,
  unknown: <QuestionmarkDiamondFillIcon aria-hidden />,
  awaiting_authorisation: <ClockFillIcon aria-hidden />,
  authorised: <HourglassTopFilledIcon aria-hidden />,
  scheduled: <ClockFillIcon aria-hidden />,
  processing: <HourglassTopFilledIcon aria-hidden />,
  settled: <CheckmarkCircleFillIcon aria-hidden />,
  rejected: <XMarkOctagonFillIcon aria-hidden />,
  cancelled: <CircleSlashFillIcon aria-hidden />,
  expired: <CircleSlashFillIcon aria-hidden />,
  failed: <XMarkOctagonFillIcon aria-hidden />,
};

interface PaymentStatusPanelProps extends ReadState {
  payment: Payment;
}

/** The status of the payment, whether money has left the account, and the possible actions. */
export function PaymentStatusPanel({ payment, updatedAt, isPolled }: PaymentStatusPanelProps) {
  const { payments: texts } = useTexts();
  const format = useFormat();
  const explanation = explanationOf(payment, texts);
  return (
    <section className="payment-status" data-tone={toneOf(payment)} data-testid="payment-status">
      <span className="payment-status-icon">{iconOf(payment)}</span>
      <p className="amount payment-status-amount">
        <Figures>{format.money(payment.amount)}</Figures>
      </p>
      <PaymentRail payment={payment} />
      <h2>{headlineOf(payment, texts, format)}</h2>
      <p className="payment-status-money">{moneyOf(payment, texts, format)}</p>
      {explanation && <p>{explanation}</p>}
      <PaidBalance payment={payment} />
      <PaymentArrival payment={payment} />
      {payment.next.kind === 'decoupled' && payment.next.message !== null && (
        <p>{texts.bankSays(payment.next.message)}</p>
      )}
      <PaymentActions payment={payment} />
      {!isFinal(payment.status) && <PaymentLive updatedAt={updatedAt} isPolled={isPolled} />}
    </section>
  );
}

function iconOf(payment: Payment): ReactNode {
  if (payment.isContradicted) return icons.unknown;
  return isDismissed(payment) ? icons.cancelled : icons[payment.status];
}
