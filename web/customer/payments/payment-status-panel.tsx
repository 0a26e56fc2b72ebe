import type { Payment } from '#http/contract/payments.ts';
import { isFinal } from '#domain/payment/status.ts';
import { useFormat } from '#kit/locale/format.ts';
import { Figures } from '#kit/parts/figures.tsx';
import { useTexts } from '../texts/texts.ts';
import { PaymentActions } from './payment-actions.tsx';
import { PaymentArrival } from './payment-arrival.tsx';
import { PaidBalance } from './paid-balance.tsx';
import { PaymentIcon } from './payment-icon.tsx';
import { PaymentRail } from './payment-rail.tsx';
import { PaymentLive, type ReadState } from './payment-live.tsx';
import { toneOf } from './payment-tone.ts';
import { explanationOf, headlineOf, moneyOf } from './payment-words.ts';

interface PaymentStatusPanelProps extends ReadState {
  payment: Payment;
}

/** The status of the payment, whether money has left the account, and the possible actions. */
export function PaymentStatusPanel({ payment, updatedAt, isPolled }: PaymentStatusPanelProps) {
  const { payments: texts } = useTexts();
  const format = useFormat();
  const words = explanationOf(payment, texts);
  const explanation = words && <p>{words}</p>;
  /* The customer's own step comes before what is not known yet. */
  const isStepFirst = payment.status === 'awaiting_authorisation';
  return (
    <section className="payment-status" data-tone={toneOf(payment)} data-testid="payment-status">
      <span className="payment-status-icon">
        <PaymentIcon payment={payment} />
      </span>
      <p className="amount payment-status-amount">
        <Figures>{format.money(payment.amount)}</Figures>
      </p>
      <PaymentRail payment={payment} />
      <h2>{headlineOf(payment, texts, format)}</h2>
      {isStepFirst && explanation}
      <p className="payment-status-money">{moneyOf(payment, texts, format)}</p>
      {!isStepFirst && explanation}
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
