import { Button } from '@digdir/designsystemet-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Payment } from '#http/contract/payments.ts';
import { dismissPayment } from '../api/actions.ts';
import { paymentQuery, paymentsQuery } from '../api/queries.ts';
import { useTexts } from '../texts/texts.ts';
import { announce } from '../shell/announcer.tsx';
import { ConfirmDialog } from '#kit/parts/confirm-dialog.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';

/** Puts a payment aside that the bank cannot call back. The dialog says that this does not stop it. */
export function DismissPayment({ payment }: { payment: Payment }) {
  const { payments: texts } = useTexts();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const dismiss = useMutation({
    mutationFn: () => dismissPayment(payment.id),
    onSuccess: (dismissed) => {
      setAsking(false);
      announce(texts.dismissedHeadline);
      queryClient.setQueryData(paymentQuery(payment.id).queryKey, dismissed);
      return queryClient.invalidateQueries({ queryKey: paymentsQuery.queryKey });
    },
    /* The payment may have moved on meanwhile. */
    onError: () => queryClient.invalidateQueries({ queryKey: ['payments'] }),
  });
  return (
    <>
      <Button variant="tertiary" data-color="neutral" onClick={() => setAsking(true)}>
        {texts.dismiss}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={texts.dismissTitle}
        confirm={texts.dismissConfirm}
        keep={texts.dismissKeep}
        busy={dismiss.isPending}
        onConfirm={() => dismiss.mutate()}
      >
        <p>{texts.dismissText(payment.debtor.bankName)}</p>
        <p>{texts.dismissEffect}</p>
        {dismiss.isError && <ProblemAlert error={dismiss.error} />}
      </ConfirmDialog>
    </>
  );
}
