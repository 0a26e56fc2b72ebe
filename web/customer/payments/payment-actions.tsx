import { Button } from '@digdir/designsystemet-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Payment } from '#http/contract/payments.ts';
import { isFinal } from '#domain/payment/status.ts';
import { cancelPayment } from '../api/actions.ts';
import { paymentQuery, paymentsQuery } from '../api/queries.ts';
import { useTexts } from '../texts/texts.ts';
import { useIsHere } from '#kit/parts/is-here.ts';
import { ConfirmDialog } from '#kit/parts/confirm-dialog.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { DismissPayment } from './dismiss-payment.tsx';
import { isDismissed } from './payment-state.ts';

/** What the customer can do about the payment now. What cannot be done is absent. */
export function PaymentActions({ payment }: { payment: Payment }) {
  const { payments: texts } = useTexts();
  if (payment.isContradicted) return null;
  if (payment.status === 'awaiting_authorisation' && !isDismissed(payment)) {
    return (
      <div className="actions">
        {payment.redirectUrl && (
          <a className="ds-button" href={payment.redirectUrl}>
            {texts.approve(payment.debtor.bankName)}
          </a>
        )}
        {payment.isCancellable && <CancelPayment payment={payment} />}
        {payment.isDismissable && <DismissPayment payment={payment} />}
      </div>
    );
  }
  if (payment.status === 'scheduled' && payment.isCancellable) {
    return (
      <div className="actions">
        <CancelPayment payment={payment} />
      </div>
    );
  }
  if (!isFinal(payment.status) && !isDismissed(payment)) return null;
  const paid = payment.status === 'settled';
  const isSecondary = paid || isDismissed(payment);
  return (
    <div className="actions">
      <Link
        to="/pay"
        search={{ again: payment.id }}
        className="ds-button"
        {...(isSecondary ? { 'data-variant': 'secondary' } : {})}
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
  const isHere = useIsHere();
  const cancel = useMutation({
    mutationFn: () => cancelPayment(payment.id),
    onSuccess: ({ cancellation, ...cancelled }) => {
      setAsking(false);
      if (cancellation.kind === 'redirect' && isHere.current) window.location.assign(cancellation.url);
      queryClient.setQueryData(paymentQuery(payment.id).queryKey, cancelled);
      return queryClient.invalidateQueries({ queryKey: paymentsQuery.queryKey });
    },
    /* The payment may have moved on meanwhile. */
    onError: () => queryClient.invalidateQueries({ queryKey: ['payments'] }),
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
        {cancel.isError && <ProblemAlert error={cancel.error} />}
      </ConfirmDialog>
    </>
  );
}
