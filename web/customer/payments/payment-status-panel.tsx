import type { Payment } from '#http/contract/payments.ts';
import { isFinal, type PaymentStatus } from '#domain/payment/status.ts';
import { useFormat } from '#kit/locale/format.ts';
import { Figures } from '#kit/parts/figures.tsx';
import { useTexts } from '../texts/texts.ts';
import { PaymentActions } from './payment-actions.tsx';
import { PaymentArrival } from './payment-arrival.tsx';
import { PaidBalance } from './paid-balance.tsx';
import { PaymentRail } from './payment-rail.tsx';
import { PaymentLive, type ReadState } from './payment-live.tsx';
import { toneOf } from './payment-tone.ts';
import { useWordsArriving } from './use-words-arriving.ts';
import { explanationOf, headlineOf, moneyOf } from './payment-words.ts';

interface PaymentStatusPanelProps extends ReadState {
  payment: Payment;
}

const stepsFirst: ReadonlySet<PaymentStatus> = new Set([
  'awaiting_authorisation',
  'authorised',
  'processing',
]);

/** The status of the payment, whether money has left the account, and the possible actions. */
export function PaymentStatusPanel({ payment, updatedAt, isPolled }: PaymentStatusPanelProps) {
  const { payments: texts } = useTexts();
  const format = useFormat();
  const words = explanationOf(payment, texts);
  const headline = headlineOf(payment, texts, format);
  const arriving = useWordsArriving<HTMLDivElement>(headline, payment.status === 'settled');
  const explanation = words && <p>{words}</p>;
  /* What the customer has to do, or need not do, comes before what is not known yet. */
  const isStepFirst = stepsFirst.has(payment.status);
  return (
    <section className="payment-status" data-tone={toneOf(payment)} data-testid="payment-status">
      <p className="amount payment-status-amount">
        <Figures>{format.money(payment.amount)}</Figures>
      </p>
      <PaymentRail payment={payment} />
      <div ref={arriving} className="payment-words">
        <h2>{headline}</h2>
        {isStepFirst && explanation}
        <p className="payment-status-money">{moneyOf(payment, texts, format)}</p>
        {!isStepFirst && explanation}
      </div>
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
