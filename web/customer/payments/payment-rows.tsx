import { Link } from '@tanstack/react-router';
import type { Payment } from '#http/contract/payments.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useNow } from '#kit/locale/now.ts';
import { useTexts } from '../texts/texts.ts';
import { Figures } from '#kit/parts/figures.tsx';
import { StatusTag } from '#kit/parts/status-tag.tsx';
import { initialsOf } from '../pay/initials.ts';
import { momentOf } from './payment-day.ts';
import { PaymentIcon } from './payment-icon.tsx';
import { toneOf } from './payment-tone.ts';
import { dayOf, scheduledDay, stateOf } from './payment-state.ts';
import { useOpening } from './use-opening.ts';
import './payment-rows.css';

/** The id of the row's link. */
export function rowId({ id }: Payment): string {
  return `payment-${id}`;
}

interface PaymentRowsProps {
  payments: readonly Payment[];
  /** Whether a heading says the day. */
  isDayKnown?: boolean;
}

export function PaymentRows({ payments, isDayKnown = false }: PaymentRowsProps) {
  return (
    <ul role="list" className="surface rows">
      {payments.map((payment) => (
        <li key={payment.id}>
          <PaymentRow payment={payment} isDayKnown={isDayKnown} />
        </li>
      ))}
    </ul>
  );
}

/** A scheduled payment has its day in the tag. */
function OrderedDay({ payment }: { payment: Payment }) {
  const { payments: texts } = useTexts();
  const format = useFormat();
  const { executionDate: day } = payment;
  if (day === null || scheduledDay(payment, format) !== undefined) return null;
  return (
    <time dateTime={day} className="payment-row-date">
      {texts.orderedFor(dayOf(day, format))}
    </time>
  );
}

function PaymentRow({ payment, isDayKnown }: { payment: Payment; isDayKnown: boolean }) {
  const { payments: texts } = useTexts();
  const format = useFormat();
  const now = new Date(useNow());
  const { isOpened, open } = useOpening(payment);
  return (
    <Link
      to="/payments/$paymentId"
      params={{ paymentId: payment.id }}
      id={rowId(payment)}
      className="row payment-row"
      data-opened={isOpened}
      viewTransition
      onClick={open}
    >
      <span className="row-mark" data-initials={initialsOf(payment.creditor.name)} aria-hidden />
      <span className="payment-row-words">
        <span className="payment-row-line">
          <span className="payment-row-name">{payment.creditor.name}</span>
          <span className="amount payment-row-amount" data-void={payment.moneyMoved === 'no'}>
            <Figures>{format.money(payment.amount)}</Figures>
          </span>
        </span>
        <span className="payment-row-line">
          <time dateTime={payment.createdAt} className="payment-row-date">
            {isDayKnown
              ? format.time(payment.createdAt)
              : momentOf(payment.createdAt, { words: texts, format, now })}
          </time>
          <OrderedDay payment={payment} />
          <StatusTag tone={toneOf(payment)} icon={<PaymentIcon payment={payment} />}>
            {stateOf(payment, texts, format)}
          </StatusTag>
        </span>
      </span>
    </Link>
  );
}
