import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { NewPayment, StartedPayment } from '#http/contract/payments.ts';
import { problemOf } from '#kit/api/problem.ts';
import { useIsHere } from '#kit/parts/is-here.ts';
import { createPayment } from '../api/actions.ts';
import { tellLateAnswer } from '../shell/late-answer-store.ts';
import { saveNow } from './draft-saver.ts';
import { isCertainlyNotSent, sendFailureOf } from './send-failure.ts';

interface Sending {
  payment: NewPayment;
  idempotencyKey: string;
  onFailed: (error: unknown) => void;
}

/**
 * Sends the payment, then opens the bank's page or the payment. If the customer has left the screen before the answer
 * comes, they stay where they are, and a line tells them.
 */
export function useSend({ payment, idempotencyKey, onFailed }: Sending) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const isHere = useIsHere();
  const [isUnanswered, setUnanswered] = useState(false);
  const send = useMutation({
    mutationFn: async ({ acceptsRepeat }: { acceptsRepeat: boolean }) => {
      // A save that came after the payment would bring the draft back.
      await saveNow();
      return createPayment({ ...payment, ...(acceptsRepeat && { acceptsRepeat }) }, idempotencyKey);
    },
    onSuccess: async (started: StartedPayment) => {
      void queryClient.invalidateQueries({ queryKey: ['payments'] });
      if (!isHere.current) return tellSent(payment, started);
      /* Replaces the review in the history, so that Back from the bank opens the payment and not the review. */
      await navigate({ to: '/payments/$paymentId', params: { paymentId: started.id }, replace: true });
      if (started.redirectUrl !== undefined) window.location.assign(started.redirectUrl);
    },
    onError: (error) => {
      if (!isHere.current) return tellFailed(payment, error);
      const kind = sendFailureOf(error);
      if (kind !== 'offline') setUnanswered(kind === 'unanswered');
      onFailed(error);
    },
  });
  return { ...send, isUnanswered };
}

function tellSent({ creditor }: NewPayment, { id, redirectUrl }: StartedPayment): void {
  tellLateAnswer({ kind: 'sent', name: creditor.name, paymentId: id, waits: redirectUrl !== undefined });
}

function tellFailed({ creditor }: NewPayment, error: unknown): void {
  if (problemOf(error)?.code === 'not_signed_in') return;
  tellLateAnswer({ kind: isCertainlyNotSent(error) ? 'not_sent' : 'unanswered', name: creditor.name });
}
