import { Button } from '@digdir/designsystemet-react';
import {
  CheckmarkCircleFillIcon,
  CircleSlashFillIcon,
  ClockFillIcon,
  HourglassTopFilledIcon,
  QuestionmarkDiamondFillIcon,
  XMarkOctagonFillIcon,
} from '@navikt/aksel-icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Payment } from '#http/contract/payments.ts';
import { isFinal, type PaymentStatus } from '#domain/payment/status.ts';
import { cancelPayment } from '../api/actions.ts';
import { paymentQuery, paymentsQuery } from '../api/queries.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useTexts } from '../texts/texts.ts';
import { ConfirmDialog } from '#kit/parts/confirm-dialog.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
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

/** The status of the payment, whether money has left the account, and the possible actions. */
export function PaymentStatusPanel({ payment }: { payment: Payment }) {
  const { payments: texts } = useTexts();
  const format = useFormat();
  const explanation = explanationOf(payment, texts);
  return (
    <section className="payment-status" data-tone={toneOf(payment)} data-testid="payment-status">
      <span className="payment-status-icon">
        {payment.isContradicted ? icons.unknown : icons[payment.status]}
      </span>
      <p className="amount payment-status-amount">{format.money(payment.amount)}</p>
      <h2>{headlineOf(payment, texts)}</h2>
      <p className="payment-status-money">{moneyOf(payment, texts, format)}</p>
      {explanation && <p>{explanation}</p>}
      {payment.next.kind === 'decoupled' && payment.next.message !== null && (
        <p>{texts.bankSays(payment.next.message)}</p>
      )}
      <PaymentActions payment={payment} />
      {!isFinal(payment.status) && <p className="payment-live">{texts.live}</p>}
    </section>
  );
}

function PaymentActions({ payment }: { payment: Payment }) {
  const { payments: texts } = useTexts();
  if (payment.isContradicted) return null;
  if (payment.status === 'awaiting_authorisation') {
    return (
      <div className="actions">
        {payment.redirectUrl && (
          <a className="ds-button" href={payment.redirectUrl}>
            {texts.approve(payment.debtor.bankName)}
          </a>
        )}
        {payment.isCancellable && <CancelPayment payment={payment} />}
      </div>
    );
  }
  if (!isFinal(payment.status)) return null;
  const paid = payment.status === 'settled';
  return (
    <div className="actions">
      <Link
        to="/pay"
        search={{ again: payment.id }}
        className="ds-button"
        {...(paid ? { 'data-variant': 'secondary' } : {})}
      >
        {paid ? texts.payAgain : texts.tryAgain}
      </Link>
    </div>
  );
}

function CancelPayment({ payment }: { payment: Payment }) {
  const { payments: texts } = useTexts();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const cancel = useMutation({
    mutationFn: () => cancelPayment(payment.id),
    onSuccess: ({ cancellation, ...cancelled }) => {
      setAsking(false);
      if (cancellation.kind === 'redirect') window.location.assign(cancellation.url);
      queryClient.setQueryData(paymentQuery(payment.id).queryKey, cancelled);
      return queryClient.invalidateQueries({ queryKey: paymentsQuery.queryKey });
    },
  });
  const step = cancel.data?.cancellation;
  return (
    <>
      {step?.kind === 'decoupled' && <p role="status">{step.message ?? texts.cancelInApp}</p>}
      <Button variant="tertiary" data-color="danger" onClick={() => setAsking(true)}>
        {texts.cancel}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={texts.cancelTitle}
        confirm={texts.cancelConfirm}
        keep={texts.cancelKeep}
        busy={cancel.isPending}
        onConfirm={() => cancel.mutate()}
      >
        <p>{texts.cancelText}</p>
        {cancel.isError && <ProblemAlert error={cancel.error} onRetry={() => cancel.mutate()} />}
      </ConfirmDialog>
    </>
  );
}
