import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Payment } from '#http/contract/payments.ts';
import { paymentQuery } from '../api/queries.ts';
import { problemOf } from '#kit/api/problem.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useTexts } from '../texts/texts.ts';
import { announce } from '../shell/announcer.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemScreen } from '../shell/problem-screen.tsx';
import { BackLink } from '#kit/parts/back-link.tsx';
import { LoadingRows } from '#kit/parts/loading-rows.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { PaymentReceipt } from './payment-receipt.tsx';
import { PaymentStatusPanel } from './payment-status-panel.tsx';
import { PaymentTimeline } from './payment-timeline.tsx';
import { SaveRecipient } from './save-recipient.tsx';
import { headlineOf } from './payment-words.ts';
import './payment.css';

export function PaymentPage() {
  const { paymentId } = useParams({ from: '/customer/payments/$paymentId' });
  const { payments: texts } = useTexts();
  const query = useQuery(paymentQuery(paymentId));
  const payment = query.data;
  const isPolled = query.failureCount === 0 && !query.isError && query.fetchStatus !== 'paused';
  useAnnouncedStatus(payment);
  if (problemOf(query.error)?.status === 404) return <ProblemScreen error={query.error} />;
  return (
    <Page
      title={payment ? texts.paymentTo(payment.creditor.name) : texts.title}
      heading={payment && <Heading name={payment.creditor.name} />}
      width="wide"
      above={
        <BackLink to="/payments" viewTransition>
          {texts.backToList}
        </BackLink>
      }
    >
      {query.isPending && <LoadingRows rows={2} height={200} />}
      {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {payment && (
        <div className="columns">
          <div>
            <PaymentStatusPanel payment={payment} updatedAt={query.dataUpdatedAt} isPolled={isPolled} />
            <SaveRecipient payment={payment} />
          </div>
          <div>
            <PaymentReceipt payment={payment} />
            <PaymentTimeline payment={payment} />
          </div>
        </div>
      )}
    </Page>
  );
}

/** The name alone is large, so that a long one leaves room for what has happened. */
function Heading({ name }: { name: string }) {
  const { payments: texts } = useTexts();
  return (
    <>
      <span className="payment-heading">{texts.paymentTo('').trim()}</span> {name}
    </>
  );
}

/** Announces each change of status to screen readers once. The first status is not a change. */
function useAnnouncedStatus(payment: Payment | undefined): void {
  const { payments: texts } = useTexts();
  const format = useFormat();
  const told = useRef<string>(undefined);
  useEffect(() => {
    if (!payment) return;
    const state = `${payment.status} ${payment.creditorCredited}`;
    if (told.current !== undefined && told.current !== state) {
      announce(texts.statusChanged(headlineOf(payment, texts, format)));
    }
    told.current = state;
  }, [payment, texts, format]);
}
