import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Account } from '#http/contract/accounts.ts';
import type { NewPayment, StartedPayment } from '#http/contract/payments.ts';
import { createPayment } from '../api/actions.ts';
import { isRefusal } from '#kit/api/problem.ts';
import { useTexts } from '../texts/texts.ts';
import { Page } from '../shell/page.tsx';
import { Notice } from '#kit/parts/notice.tsx';
import { fieldFaultsOf } from './field-faults.ts';
import { PaymentForm } from './payment-form.tsx';
import { PaymentReview } from './payment-review.tsx';
import { paymentOf, type PaymentFormErrors, type PaymentFormValues } from './payment-form-values.ts';

interface PaymentStepsProps {
  accounts: Account[];
  start: PaymentFormValues;
  /** Whether the form starts with the values of an earlier payment. */
  prefilled: boolean;
}

/** A completed form with its idempotency key: sending it repeatedly creates one payment. */
interface Draft {
  payment: NewPayment;
  idempotencyKey: string;
}

export function PaymentSteps({ accounts, start, prefilled }: PaymentStepsProps) {
  const { pay } = useTexts();
  const [values, setValues] = useState(start);
  const [draft, setDraft] = useState<Draft>();
  const [reviewing, setReviewing] = useState(false);
  const [serverErrors, setServerErrors] = useState<PaymentFormErrors>({});
  const send = useSend({
    onRefused: (faults) => {
      setDraft(undefined);
      if (Object.keys(faults).length === 0) return;
      setServerErrors(faults);
      setReviewing(false);
    },
  });
  const account = accounts.find(({ id }) => id === values.accountId);

  if (reviewing && account) {
    const payment = paymentOf(values);
    const confirm = () => {
      const current = sameDraft(draft, payment) ?? { payment, idempotencyKey: crypto.randomUUID() };
      setDraft(current);
      send.mutate(current);
    };
    return (
      <Page key="review" title={pay.reviewTitle} width="form">
        <PaymentReview
          payment={payment}
          account={account}
          busy={send.isPending || send.isSuccess}
          error={send.error}
          onConfirm={confirm}
          onChange={() => setReviewing(false)}
        />
      </Page>
    );
  }
  return (
    <Page key="form" title={pay.title} width="form" focusElsewhere={Object.keys(serverErrors).length > 0}>
      {prefilled && <Notice tone="info" title={pay.again} />}
      <PaymentForm
        accounts={accounts}
        values={values}
        onChange={(change) => setValues((present) => ({ ...present, ...change }))}
        serverErrors={serverErrors}
        onFilled={() => {
          setServerErrors({});
          send.reset();
          setReviewing(true);
        }}
      />
    </Page>
  );
}

function sameDraft(draft: Draft | undefined, payment: NewPayment): Draft | undefined {
  return draft && JSON.stringify(draft.payment) === JSON.stringify(payment) ? draft : undefined;
}

/** Sends the draft, then opens the bank's page or the payment. A refusal ends the draft, since no payment exists. */
function useSend({ onRefused }: { onRefused: (faults: PaymentFormErrors) => void }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ payment, idempotencyKey }: Draft) => createPayment(payment, idempotencyKey),
    onSuccess: async (started: StartedPayment) => {
      void queryClient.invalidateQueries({ queryKey: ['payments'] });
      /* Replaces the form in the history, so that Back from the bank opens the payment and not the form. */
      await navigate({ to: '/payments/$paymentId', params: { paymentId: started.id }, replace: true });
      if (started.redirectUrl !== undefined) window.location.assign(started.redirectUrl);
    },
    onError: (error) => {
      if (isRefusal(error)) onRefused(fieldFaultsOf(error));
    },
  });
}
