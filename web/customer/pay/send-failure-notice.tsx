import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { NewPayment } from '#http/contract/payments.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useNow } from '#kit/locale/now.ts';
import { Notice } from '#kit/parts/notice.tsx';
import { paymentsQuery } from '../api/queries.ts';
import { momentInWords } from '../payments/payment-day.ts';
import { stateOf } from '../payments/payment-state.ts';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { referenceOf } from '../shell/problem-reference.ts';
import { SupportDetails } from '../shell/support-details.tsx';
import { useTexts } from '../texts/texts.ts';
import { alikePayment } from './alike-payment.ts';
import { isCertainlyNotSent, sendFailureOf } from './send-failure.ts';

interface SendFailureProps {
  error: unknown;
  /** Whether an attempt before had no answer, so that the payment may have been sent. */
  isUnanswered: boolean;
  payment: NewPayment;
}

/** The outcome of a failed attempt, and whether it is safe to repeat it. */
export function SendFailure({ error, isUnanswered, payment }: SendFailureProps) {
  const { pay } = useTexts();
  if (!error) return null;
  switch (sendFailureOf(error)) {
    case 'offline':
      return (
        <Warning title={pay.offlineTitle}>
          <p>{isUnanswered ? pay.offlineUnanswered : pay.offlineText}</p>
        </Warning>
      );
    case 'unanswered':
      return (
        <Warning title={pay.unansweredTitle}>
          <p>{pay.unansweredText}</p>
          <SupportDetails reference={referenceOf(error)} />
        </Warning>
      );
    case 'outcomeUnknown':
      return (
        <Warning title={pay.unknownTitle}>
          <p>{pay.unknownText}</p>
          <Link to="/payments" className="ds-button" data-color="fjord">
            {pay.unknownAction}
          </Link>
          <SupportDetails reference={referenceOf(error)} />
        </Warning>
      );
    case 'repeated':
      return <Repeated payment={payment} />;
    case 'obstructed':
    case 'problem':
      return <ProblemAlert error={error} first={isCertainlyNotSent(error) ? pay.notSent : undefined} />;
  }
}

/** Asks whether a second payment alike is meant, and names the first. */
function Repeated({ payment }: { payment: NewPayment }) {
  const { pay, payments } = useTexts();
  const format = useFormat();
  const now = new Date(useNow());
  const { data } = useQuery({ ...paymentsQuery, staleTime: 0 });
  const earlier = data && alikePayment(data, payment);
  const amount = format.money(payment.amount);
  return (
    <Warning title={pay.repeatedTitle}>
      <p>
        {earlier
          ? pay.repeatedText(
              amount,
              earlier.creditor.name,
              momentInWords(earlier.createdAt, { words: payments, format, now }),
            )
          : pay.repeatedUnnamed(amount)}
      </p>
      {earlier && <p>{pay.repeatedStatus(stateOf(earlier, payments, format))}</p>}
      <p>{pay.repeatedNext}</p>
      {earlier ? (
        <Link to="/payments/$paymentId" params={{ paymentId: earlier.id }}>
          {pay.repeatedSee}
        </Link>
      ) : (
        <Link to="/payments">{pay.unknownAction}</Link>
      )}
    </Warning>
  );
}

function Warning({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div role="alert">
      <Notice tone="warning" title={title}>
        {children}
      </Notice>
    </div>
  );
}
