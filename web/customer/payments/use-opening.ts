import { useQueryClient } from '@tanstack/react-query';
import { useState, type MouseEvent } from 'react';
import { flushSync } from 'react-dom';
import type { Payment } from '#http/contract/payments.ts';
import { paymentQuery } from '../api/queries.ts';

/**
 * For the row whose payment opens: it alone takes part in the view transition, and its page begins with what the list
 * knows, as a reading that is due again.
 */
export function useOpening(payment: Payment) {
  const queryClient = useQueryClient();
  const [isOpened, setOpened] = useState(false);
  const open = ({ ctrlKey, metaKey, shiftKey }: MouseEvent) => {
    if (ctrlKey || metaKey || shiftKey) return;
    const { queryKey } = paymentQuery(payment.id);
    if (queryClient.getQueryData(queryKey) === undefined) {
      queryClient.setQueryData(queryKey, payment);
      void queryClient.invalidateQueries({ queryKey, refetchType: 'none' });
    }
    /* The picture of the list is taken before React's next rendering. */
    flushSync(() => setOpened(true));
  };
  return { isOpened, open };
}
